-- Passwords that are set or handed over by a link: a forgotten one by its owner, an issued one by the provider. Only the link's hash is here; the link
-- itself is in the mail, and gone from the outbox when that is sent.
create table password_link (
    -- SHA-256 of the 256 random bits in the link
    hash       bytea primary key,
    account_id text        not null references account on delete cascade,
    -- dev.unkai.identity.passwordlink.PasswordLink.Purpose
    purpose    text        not null check (purpose in ('RESET', 'ISSUE')),
    made_at    timestamptz not null,
    ends_at    timestamptz not null
);
create index password_link_by_account on password_link (account_id, made_at);
create index password_link_ended on password_link (ends_at);

-- What somebody asked for who has forgotten his password, whether there is such an account or not: looked at afterwards, so that the answer and its time
-- tell a stranger nothing. Kept for a day, to count what one source asks for.
create table reset_wish (
    id         uuid primary key default gen_random_uuid(),
    domain     text        not null,
    account    text        not null,
    language   text        not null check (language in ('ja', 'en')),
    -- The client's address, of IPv6 its /64
    source     text        not null,
    address    text        not null,
    agent      text        not null,
    request_id text        not null,
    asked_at   timestamptz not null,
    done_at    timestamptz
);
create index reset_wish_due on reset_wish (asked_at) where done_at is null;
create index reset_wish_by_source on reset_wish (source, asked_at);
