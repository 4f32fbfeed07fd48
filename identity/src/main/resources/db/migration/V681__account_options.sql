-- The options of an account (Identity v3, user options), a JSON object: which methods together are a log-in, and whether a
-- password ends.
alter table account add column options text not null default '{}';
