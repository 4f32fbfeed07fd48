-- What was made for a contract, once: the cloud process asks for it again until it has the answer.
create table contract_account (
    contract_id uuid        primary key,
    domain_id   text        not null references domain (id) on delete cascade,
    project_id  text        not null references project (id) on delete cascade,
    account_id  text        not null references account (id) on delete cascade,
    made_at     timestamptz not null
);
create index contract_account_domain on contract_account (domain_id);
create index contract_account_project on contract_account (project_id);
create index contract_account_account on contract_account (account_id);

-- The sealed way to an account's first password: a link that works once. Kept as its SHA-256.
create table first_credential (
    hash       bytea       primary key,
    account_id text        not null references account (id) on delete cascade,
    -- Made here and shown once; else its owner chooses it.
    issued     boolean     not null,
    expires_at timestamptz not null
);
create index first_credential_account on first_credential (account_id);
create index first_credential_end on first_credential (expires_at);

-- The owner of the tables is no role of requests. It must see all rows: it copies them for backups and restores them.
alter table mail no force row level security;
alter table mail_secret no force row level security;
