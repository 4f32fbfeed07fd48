-- Limits of traffic, laid upon networks, ports and floating addresses.
create table qos_policy (
    id          uuid primary key,
    project_id  text        not null,
    name        text        not null default '',
    description text        not null default '',
    is_default  boolean     not null default false,
    tags        text[]      not null default '{}',
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    revision    bigint      not null default 1
);
create index qos_policy_project on qos_policy (project_id, created_at);
create unique index qos_policy_default on qos_policy (project_id) where is_default;
call protect_table('qos_policy');
create policy qos_policy_shared on qos_policy for select using (id in (select shared_with_me('qos_policy')));

create table qos_rule (
    id         uuid primary key,
    project_id text        not null,
    policy_id  uuid        not null references qos_policy on delete cascade,
    type       text        not null check (type in ('bandwidth_limit', 'dscp_marking')),
    direction  text        not null check (direction in ('egress', 'ingress')),
    -- kbit/s, and kbit that may go at once beyond it (0: chosen by the data path)
    max_kbps   bigint,
    max_burst  bigint,
    dscp_mark  integer,
    created_at timestamptz not null default now(),
    unique (policy_id, type, direction),
    check ((type = 'dscp_marking') = (dscp_mark is not null) and (type = 'bandwidth_limit') = (max_kbps is not null))
);
call protect_table('qos_rule');
create policy qos_rule_shared on qos_rule for select using (policy_id in (select shared_with_me('qos_policy')));

alter table network     add column qos_policy_id uuid references qos_policy;
alter table port        add column qos_policy_id uuid references qos_policy;
alter table floating_ip add column qos_policy_id uuid references qos_policy;
create index network_qos     on network (qos_policy_id) where qos_policy_id is not null;
create index port_qos        on port (qos_policy_id) where qos_policy_id is not null;
create index floating_ip_qos on floating_ip (qos_policy_id) where qos_policy_id is not null;
