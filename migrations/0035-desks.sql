-- What somebody decided, for their own list of it.
create index vote_voter on vote (voter_id, approval_id);

-- People with the same job title.
create index directory_user_job_title on directory_user (lower(job_title), id) where deleted_at is null;
