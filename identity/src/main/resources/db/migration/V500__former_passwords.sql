-- A person who changes a password may not go back to the one before: only hashes are kept, and only as many as the rule needs.
create table former_password (
    account_id    text        not null references account (id) on delete cascade,
    password_hash text        not null,
    replaced_at   timestamptz not null,
    primary key (account_id, replaced_at)
);
