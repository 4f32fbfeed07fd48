-- Address ranges that subnets are cut from, and the scopes within which addresses are unique.
create table address_scope (
    id         uuid primary key,
    project_id text        not null,
    name       text        not null default '',
    ip_version smallint    not null check (ip_version in (4, 6)),
    tags       text[]      not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    revision   bigint      not null default 1
);
create index address_scope_project on address_scope (project_id, created_at);
call protect_table('address_scope');
create policy address_scope_shared on address_scope for select using (id in (select shared_with_me('address_scope')));

create table subnet_pool (
    id               uuid primary key,
    project_id       text        not null,
    name             text        not null,
    description      text        not null default '',
    ip_version       smallint    not null check (ip_version in (4, 6)),
    prefixes         cidr[]      not null,
    default_length   smallint    not null,
    min_length       smallint    not null,
    max_length       smallint    not null,
    -- In addresses (IPv4) or in ranges of /64 (IPv6), of one project; null for no limit.
    default_quota    integer,
    is_default       boolean     not null default false,
    address_scope_id uuid references address_scope,
    tags             text[]      not null default '{}',
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    revision         bigint      not null default 1
);
create index subnet_pool_project on subnet_pool (project_id, created_at);
create index subnet_pool_scope on subnet_pool (address_scope_id) where address_scope_id is not null;
create unique index subnet_pool_default on subnet_pool (ip_version) where is_default;
call protect_table('subnet_pool');
create policy subnet_pool_shared on subnet_pool for select using (id in (select shared_with_me('subnetpool')));

alter table subnet add column subnet_pool_id uuid references subnet_pool;
create index subnet_pool_user on subnet (subnet_pool_id) where subnet_pool_id is not null;
