-- Passkeys (W3C Web Authentication) as second factors beside one-time codes.

-- One key of an account's owner. What is kept is public: the private half never leaves the authenticator.
create table passkey (
    id            text        primary key,
    account_id    text        not null references account (id) on delete cascade,
    name          text        not null,
    -- What the authenticator calls it; no two accounts share one (WebAuthn L3, 7.1 step 26).
    credential_id bytea       not null unique,
    -- AAGUID, id and COSE public key as the authenticator gave them (attested credential data, 6.5.2).
    attested      bytea       not null,
    -- The newest signature counter; an answer that does not go beyond it comes from a copy. 0: the authenticator does not count.
    sign_count    bigint      not null,
    -- Whether it may be, and is, kept in several devices.
    backup_eligible boolean   not null,
    backed_up     boolean     not null,
    transports    text        not null default '',
    created_at    timestamptz not null,
    last_used_at  timestamptz,
    unique (account_id, name)
);

-- Challenges that wait for their answer. A row is deleted by the first answer to it, right or wrong, and counts for five
-- minutes; it lies here so that a restart, or another process, takes the answer as well.
create table passkey_challenge (
    challenge  bytea       primary key,
    account_id text        not null references account (id) on delete cascade,
    purpose    text        not null check (purpose in ('registration', 'log-in', 'proof')),
    made_at    timestamptz not null
);
create index on passkey_challenge (account_id, made_at);

-- Recovery codes were those of a seed. They stand for any second factor now, so they are the account's; the hashes go on
-- counting with what they were salted with.
alter table recovery_code add column account_id text references account (id) on delete cascade;
update recovery_code r set account_id = c.account_id from user_credential c where c.id = r.credential_id;
alter table recovery_code drop constraint recovery_code_pkey;
alter table recovery_code drop constraint recovery_code_credential_id_fkey;
alter table recovery_code rename column credential_id to salt;
alter table recovery_code alter column account_id set not null;
alter table recovery_code add primary key (account_id, hash);
