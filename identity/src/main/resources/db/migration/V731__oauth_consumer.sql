-- Programs that ask for rights by OAuth 1.0a (Identity v3, OS-OAUTH1; RFC 5849). Their secrets check signatures, so they
-- can be opened again: sealed under this installation's key file, not hashed.
create table oauth_consumer (
    id            text primary key,
    description   text,
    sealed_secret bytea       not null,
    extra         text        not null default '{}',
    created_at    timestamptz not null default now()
);
