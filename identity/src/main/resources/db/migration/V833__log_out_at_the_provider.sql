-- Whether who logs out here is logged out at the contract's identity provider as well (OpenID Connect RP-Initiated Logout 1.0).
alter table identity_provider add column log_out_there boolean not null default false;

-- What such a provider said of somebody at the beginning of his session, shown to it again at the end (id_token_hint).
create table provider_session (
    -- The session's, as in "session".
    session_id   text        primary key,
    provider_id  text        not null references identity_provider (id) on delete cascade,
    -- Sealed for its row: who has the database shows no provider whose sessions these are.
    sealed_token bytea       not null,
    made_at      timestamptz not null
);
create index on provider_session (provider_id);
create index on provider_session (made_at);
