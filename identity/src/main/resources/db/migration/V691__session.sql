-- One row for each log-in that is still good: a session is all the tokens that go back to one log-in. Nothing is decided by it except how
-- long a session of the console may go on; that a session was ended stands in "revocation". Written at log-in and when a token is exchanged; the
-- last use comes in once a minute at most.
create table session (
    -- The last audit id of its tokens.
    id            text        primary key,
    account_id    text        not null references account (id) on delete cascade,
    domain_id     text        not null,
    how           text        not null check (how in ('console', 'api')),
    -- password, application_credential …: how the account showed who it is.
    method        text        not null,
    credential_id text,
    address       text        not null,
    agent         text        not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz not null,
    last_address  text        not null,
    -- The newest token, so that what was ended by a revocation is not listed.
    token_id      text        not null,
    issued_at     timestamptz not null,
    ends_at       timestamptz not null
);
create index session_account on session (account_id);
create index session_domain on session (domain_id);
create index session_end on session (ends_at);
