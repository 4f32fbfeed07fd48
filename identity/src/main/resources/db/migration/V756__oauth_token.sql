-- OAuth 1.0a (Identity v3, OS-OAUTH1; RFC 5849): a program asks for a request token, a user lets it have some of his roles on the project, and the
-- program makes an access token of it, which it logs in with until that ends or is taken back. Secrets sign, so they are
-- sealed like the programs' own; the verifier is what the user carries to the program. Nothing outlives who gave it, the
-- project, or the program.
create table oauth_request_token (
    id              text        primary key,
    consumer_id     text        not null references oauth_consumer (id) on delete cascade,
    sealed_secret   bytea       not null,
    project_id      text        not null references project (id) on delete cascade,
    -- By whom, with what: once a user has agreed.
    account_id      text        references account (id) on delete cascade,
    role_ids        text[]      not null default '{}',
    sealed_verifier bytea,
    expires_at      timestamptz not null,
    check ((account_id is null) = (sealed_verifier is null))
);
create index oauth_request_token_consumer on oauth_request_token (consumer_id);
create index oauth_request_token_project on oauth_request_token (project_id);
create index oauth_request_token_account on oauth_request_token (account_id);
create index oauth_request_token_end on oauth_request_token (expires_at);

create table oauth_access_token (
    id            text        primary key,
    consumer_id   text        not null references oauth_consumer (id) on delete cascade,
    sealed_secret bytea       not null,
    project_id    text        not null references project (id) on delete cascade,
    account_id    text        not null references account (id) on delete cascade,
    role_ids      text[]      not null,
    expires_at    timestamptz not null
);
create index oauth_access_token_consumer on oauth_access_token (consumer_id);
create index oauth_access_token_project on oauth_access_token (project_id);
create index oauth_access_token_account on oauth_access_token (account_id);
create index oauth_access_token_end on oauth_access_token (expires_at);

-- A signed request counts once (RFC 5849, 3.3). Kept as long as a request's time stamp is taken.
create table oauth_nonce (
    consumer_id text        not null references oauth_consumer (id) on delete cascade,
    stamp       bigint      not null,
    nonce       text        not null,
    primary key (consumer_id, stamp, nonce)
);
create index oauth_nonce_stamp on oauth_nonce (stamp);
