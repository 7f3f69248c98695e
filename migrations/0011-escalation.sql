-- Alternate approvers may decide a stage from its escalation on: their windows begin then, whether or not anybody does
-- anything at that instant.
alter table approval_approver drop constraint approval_approver_source_check;
alter table approval_approver add constraint approval_approver_source_check
  check (source in ('primary', 'fallback', 'alternate', 'alternateFallback'));

-- The last stage whose escalation has been announced. Who may decide is never read from it.
alter table approval add column escalation_announced integer not null default 0;

-- Nobody decides two stages of the same approval, unless the policy that it was made under lets them.
alter table vote add column may_repeat boolean not null default false;
alter table vote drop constraint vote_approval_id_voter_id_key;
create unique index vote_person on vote (approval_id, voter_id) where not may_repeat;

-- When an approver took their approval back, while later stages were still to decide, and why.
alter table vote add column taken_back_at timestamptz;
alter table vote add column taken_back_reason text;
alter table vote add constraint vote_taken_back_check
  check ((taken_back_at is null) = (taken_back_reason is null) and (taken_back_at is null or decision = 'approve'));

-- Whether one person may decide several stages of a request: each version of a policy says it.
alter table assignment_policy add column allows_same_approver boolean not null default false;

-- An approver can end what came of their approval.
alter table package_assignment drop constraint package_assignment_end_reason_check;
alter table package_assignment add constraint package_assignment_end_reason_check
  check (end_reason in ('removedByTarget', 'removedByAdministrator', 'removedByApprover'));
