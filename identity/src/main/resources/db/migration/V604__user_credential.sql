-- Secrets that people keep with us for other services: EC2-style keys, certificates, one-time password seeds. What is
-- secret in them is sealed under the key file of this installation: a copy of the database alone shows nothing.
create table user_credential (
    id          text primary key,
    account_id  text        not null references account (id) on delete cascade,
    project_id  text        references project (id) on delete cascade,
    type        text        not null,
    sealed_blob bytea       not null,
    extra       text        not null default '{}',
    created_at  timestamptz not null default now()
);
create index user_credential_account on user_credential (account_id);
create index user_credential_project on user_credential (project_id);
