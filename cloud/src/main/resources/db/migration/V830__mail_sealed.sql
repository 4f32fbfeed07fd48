-- A link that waits to be sent lies here sealed, under a key that is in no database (decision 0089): a copy of the database opens nothing.
-- What waits in the clear since before is sealed when the first process starts.
alter table mail_secret rename column value to clear;
alter table mail_secret alter column clear drop not null;
alter table mail_secret add column sealed bytea;
alter table mail_secret add constraint one_form check (num_nonnulls(clear, sealed) = 1);

-- The names of the keys that secrets of this database were sealed with: a process that holds none of them would lose what is kept, and does not start.
create table seal_key (
    name       text        primary key,
    first_used timestamptz not null
);
revoke all on seal_key from "${api}";
revoke update, delete on seal_key from "${system}";
