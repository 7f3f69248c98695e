-- Accounts of one human: those with the same person. A row is closed, never overwritten or deleted.
create table linked_account (
  person_id uuid not null,
  account_id uuid not null,
  linked_by uuid,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (person_id, account_id, valid_from)
);
create unique index linked_account_now on linked_account (account_id) where valid_to is null;
create index linked_account_account on linked_account (account_id);

-- Who must not decide an approval, because they changed the policy that it follows after it was opened.
create table approval_recusal (
  approval_id uuid not null references approval,
  user_id uuid not null,
  since timestamptz not null,
  primary key (approval_id, user_id)
);

-- Who wrote this version of a policy.
alter table assignment_policy add column author_id uuid;
alter table role_management_rule add column author_id uuid;
