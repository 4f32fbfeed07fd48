-- A new mail address of an account, until its owner shows by the link in a mail to it that he reads it. Only the link's hash is here.
create table address_change (
    -- SHA-256 of the 256 random bits in the link
    hash       bytea       primary key,
    account_id text        not null references account on delete cascade,
    email      text        not null,
    -- What it would take the place of: changed meanwhile by somebody else, the wish is void.
    former     text,
    made_at    timestamptz not null,
    ends_at    timestamptz not null
);
create index on address_change (account_id, made_at);
create index on address_change (ends_at);
