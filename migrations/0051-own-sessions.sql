-- By what its owner tells a session from others: an id that proves nothing, and the browser as it was at the sign-in.
alter table signin_session add column id uuid;
update signin_session set id = gen_random_uuid();
alter table signin_session alter column id set not null;
-- Null where nobody knows any more
alter table signin_session add column address text;
alter table signin_session add column user_agent text;
