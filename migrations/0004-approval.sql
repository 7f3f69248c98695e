-- Approvals of both doors. The id is the id of the request that is to be approved, as in Graph.
-- How it stands is computed (src/approval/progress.ts) from the snapshot, the votes and the instant: never stored.
create table approval (
  id uuid primary key,
  door text not null check (door in ('package', 'activation')),
  requestor_id uuid not null,
  subject_id uuid not null,
  -- The stages as they were when the request was made, and what it is about.
  snapshot jsonb not null,
  opened_at timestamptz not null,
  correlation_id uuid not null,
  withdrawn_at timestamptz,
  -- When a vote ended it. Only for finding open approvals; the outcome is never read from it.
  decided_at timestamptz
);
create index approval_open on approval (opened_at) where withdrawn_at is null and decided_at is null;
create index approval_requestor on approval (requestor_id);

-- Who could decide a stage, from when to when. Stages are counted from 1.
create table approval_approver (
  approval_id uuid not null references approval,
  stage integer not null check (stage >= 1),
  user_id uuid not null,
  source text not null check (source in ('primary', 'fallback')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (approval_id, stage, user_id, valid_from)
);
create index approval_approver_user on approval_approver (user_id, approval_id);

-- Decisions. One for each stage, and nobody decides two stages of the same approval.
create table vote (
  approval_id uuid not null references approval,
  stage integer not null check (stage >= 1),
  voter_id uuid not null,
  voter_name text not null,
  decision text not null check (decision in ('approve', 'deny')),
  justification text not null,
  at timestamptz not null,
  primary key (approval_id, stage),
  unique (approval_id, voter_id)
);
