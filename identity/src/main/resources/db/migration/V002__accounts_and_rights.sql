-- Who exists and who may do what. A customer is a domain; its work is in projects; people and programs are accounts.

create table domain (
    id          text primary key,
    name        text        not null unique,
    description text        not null default '',
    enabled     boolean     not null default true,
    tags        text[]      not null default '{}',
    created_at  timestamptz not null default now()
);

create table project (
    id          text primary key,
    domain_id   text        not null references domain (id),
    name        text        not null,
    description text        not null default '',
    enabled     boolean     not null default true,
    -- The plan under which the project was sold (shared, dedicated, …); null for the provider's own projects.
    plan        text,
    tags        text[]      not null default '{}',
    created_at  timestamptz not null default now(),
    unique (domain_id, name)
);

-- "user" is a reserved word of SQL.
create table account (
    id                  text primary key,
    domain_id           text        not null references domain (id),
    name                text        not null,
    description         text        not null default '',
    email               text,
    enabled             boolean     not null default true,
    default_project_id  text        references project (id) on delete set null,
    -- PHC string, Argon2id; null: this account cannot log in by password.
    password_hash       text,
    password_changed_at timestamptz,
    password_expires_at timestamptz,
    created_at          timestamptz not null default now(),
    unique (domain_id, name)
);

create table account_group (
    id          text primary key,
    domain_id   text        not null references domain (id),
    name        text        not null,
    description text        not null default '',
    created_at  timestamptz not null default now(),
    unique (domain_id, name)
);

create table group_member (
    group_id   text        not null references account_group (id) on delete cascade,
    account_id text        not null references account (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (group_id, account_id)
);
create index group_member_account on group_member (account_id);

create table role (
    id          text primary key,
    name        text        not null unique,
    description text        not null default '',
    created_at  timestamptz not null default now()
);

-- prior ⊃ implied: who has the prior role has the implied one as well.
create table role_implication (
    prior_id   text not null references role (id) on delete cascade,
    implied_id text not null references role (id) on delete cascade,
    primary key (prior_id, implied_id),
    check (prior_id <> implied_id)
);

-- One role of one actor (account or group) on one scope (project, domain, or the system where both are null).
-- Real foreign keys instead of a kind column, so that nothing is left behind when either end goes.
create table assignment (
    role_id    text        not null references role (id) on delete cascade,
    account_id text        references account (id) on delete cascade,
    group_id   text        references account_group (id) on delete cascade,
    project_id text        references project (id) on delete cascade,
    domain_id  text        references domain (id) on delete cascade,
    created_at timestamptz not null default now(),
    check (num_nonnulls(account_id, group_id) = 1),
    check (num_nonnulls(project_id, domain_id) <= 1),
    unique nulls not distinct (role_id, account_id, group_id, project_id, domain_id)
);
create index assignment_account on assignment (account_id);
create index assignment_group on assignment (group_id);
create index assignment_project on assignment (project_id);
create index assignment_domain on assignment (domain_id);

create table application_credential (
    id           text primary key,
    account_id   text        not null references account (id) on delete cascade,
    project_id   text        not null references project (id) on delete cascade,
    name         text        not null,
    description  text        not null default '',
    secret_hash  text        not null,
    unrestricted boolean     not null default false,
    expires_at   timestamptz,
    created_at   timestamptz not null default now(),
    unique (account_id, name)
);
create index application_credential_project on application_credential (project_id);

create table application_credential_role (
    credential_id text not null references application_credential (id) on delete cascade,
    role_id       text not null references role (id) on delete cascade,
    primary key (credential_id, role_id)
);
