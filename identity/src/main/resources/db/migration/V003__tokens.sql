-- What the token service must remember: its keys, what it took back, and who guessed wrong.

create table signing_key (
    kid         text primary key,
    -- JSON Web Key (RFC 7517), public part only.
    public_key  text        not null,
    -- The whole key, AES-256-GCM under the key file of this installation: a copy of the database alone signs nothing.
    sealed_key  bytea       not null,
    -- A key is published some minutes before it signs, so that every process knows it by then.
    active_from timestamptz not null,
    created_at  timestamptz not null default now()
);
revoke all on signing_key from "${api}";

-- Read by every process once a second: "what is new since N". Numbers are handed out under a lock held to the end of the
-- transaction, so that a reader never sees N+1 before N.
create table revocation (
    number        bigint generated always as identity primary key,
    -- dev.unkai.wire.token.Revocations.Subject
    subject       text        not null,
    id            text        not null,
    -- Tokens issued at or before this are void.
    issued_before timestamptz not null,
    -- After this no token that it could concern is alive, and the row may go.
    expires_at    timestamptz not null
);
create index revocation_subject on revocation (subject, id);

-- Wrong log-ins by account (known or not) and by source address; both slow down, neither says which was wrong.
create table login_failure (
    subject      text primary key,
    failures     int         not null,
    last_failure timestamptz not null,
    locked_until timestamptz
);
create index login_failure_age on login_failure (last_failure);
