-- The sealed link to an account's first password is a link like the others: one table, one way to use it up.
insert into password_link (hash, account_id, purpose, made_at, ends_at)
    select hash, account_id, case when issued then 'ISSUE' else 'RESET' end, expires_at - interval '7 days', expires_at from first_credential;
drop table first_credential;
