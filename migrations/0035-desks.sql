-- What somebody decided, for their own list of it.
create index vote_voter on vote (voter_id, approval_id);
