-- OpenID Connect: who else may say who somebody is, for one contract.

-- An issuer that an operator trusts for the users of one contract (domain). The issuer of a row never changes: users are bound to it.
create table identity_provider (
    id            text        primary key,
    domain_id     text        not null references domain (id) on delete cascade,
    -- As the log-in page calls it.
    name          text        not null,
    issuer        text        not null,
    client_id     text        not null,
    -- AES-256-GCM under the key file of this installation.
    sealed_secret bytea       not null,
    scopes        text        not null,
    -- Whose value is a new user's name.
    name_claim    text        not null,
    -- Whose values the rules look at; null: only the rule for everybody.
    mapping_claim text,
    -- Values of acr or amr that count as a second factor here; none: the local one is asked for.
    second_factor text[]      not null default '{}',
    -- What the sign-in link ends with: who does not know it learns nothing of this row.
    entry_key     text        not null unique,
    enabled       boolean     not null,
    created_at    timestamptz not null,
    unique (domain_id, issuer),
    unique (domain_id, name)
);

-- What a value of the mapping claim gives: a role on the contract, or a place in one of its groups. '*': everybody who signs in.
create table identity_provider_rule (
    provider_id text not null references identity_provider (id) on delete cascade,
    value       text not null,
    role        text check (role in ('master', 'operator', 'viewer', 'billing', 'manager', 'member', 'reader')),
    group_id    text references account_group (id) on delete cascade,
    check (num_nonnulls(role, group_id) = 1),
    unique nulls not distinct (provider_id, value, role, group_id)
);
create index identity_provider_rule_group on identity_provider_rule (group_id);

-- The users that came by an issuer. Bound by what the issuer never gives to another one (OpenID Connect Core, 2: iss and sub), never by name or
-- mail address. It outlives the provider's row, so that who registers the issuer again has the same users.
create table federated_account (
    account_id text        primary key references account (id) on delete cascade,
    domain_id  text        not null references domain (id) on delete cascade,
    issuer     text        not null,
    subject    text        not null,
    unique (domain_id, issuer, subject)
);

-- Sign-ins that wait for what the browser brings back, and those that wait for a local second factor. A row is deleted by the first answer; it lies
-- here so that a restart, or another process, takes the answer as well.
create table sign_in (
    -- SHA-256 (hexadecimal) of what the issuer hands back, and of the secret in the cookie of the browser that began.
    state       text        primary key,
    browser     text        not null,
    provider_id text        not null references identity_provider (id) on delete cascade,
    nonce       text        not null,
    -- PKCE (RFC 7636)
    verifier    text        not null,
    -- Whether the issuer was asked to have the user show again who he is.
    fresh       boolean     not null,
    made_at     timestamptz not null,
    -- Whose it is, once the issuer has said so; the rest is what it said.
    account_id  text        references account (id) on delete cascade,
    methods     text[],
    shown_at    timestamptz
);
create index sign_in_age on sign_in (made_at);
create index sign_in_provider on sign_in (provider_id);
create index sign_in_account on sign_in (account_id);
