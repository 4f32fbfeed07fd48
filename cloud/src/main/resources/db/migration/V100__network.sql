-- Networks of customers and the provider: what should be. OVN is made to match by the reconciler "network to OVN".

-- The register of VLAN and tunnel numbers: one row per number that may be given away, its owner beside it. A number is taken with
-- FOR UPDATE SKIP LOCKED, so no two networks can get the same and nobody waits for another's transaction.
create table segment (
    network_type     text    not null check (network_type in ('geneve', 'vlan')),
    physical_network text    not null default '',
    number           integer not null,
    network_id       uuid,
    primary key (network_type, physical_network, number)
);
create index segment_free on segment (network_type, physical_network, number) where network_id is null;
create unique index segment_owner on segment (network_id) where network_id is not null;

-- Below 2^16 OVN numbers its routers by itself.
insert into segment (network_type, number) select 'geneve', n from generate_series(65536, 65536 + 1023) n;

create table network (
    id                    uuid primary key,
    project_id            text        not null,
    name                  text        not null,
    description           text        not null default '',
    admin_state_up        boolean     not null default true,
    shared                boolean     not null default false,
    external              boolean     not null default false,
    is_default            boolean     not null default false,
    port_security_enabled boolean     not null default true,
    mtu                   integer     not null,
    network_type          text        not null check (network_type in ('geneve', 'vlan', 'flat')),
    physical_network      text,
    segmentation_id       integer,
    tags                  text[]      not null default '{}',
    created_at            timestamptz not null default now(),
    updated_at            timestamptz not null default now(),
    revision              bigint      not null default 1
);
create index network_project on network (project_id, created_at);
create unique index network_flat on network (physical_network) where network_type = 'flat';
call protect_table('network');
-- A shared network and a provider's external network may be seen by everybody; changed only by their owner.
create policy network_seen_by_all on network for select using (shared or external);

alter table segment add foreign key (network_id) references network on delete set null;

create table subnet (
    id                uuid primary key,
    project_id        text        not null,
    network_id        uuid        not null references network on delete cascade,
    name              text        not null,
    description       text        not null default '',
    ip_version        smallint    not null check (ip_version in (4, 6)),
    cidr              cidr        not null check (family(cidr) = ip_version),
    gateway_ip        inet,
    enable_dhcp       boolean     not null default true,
    dns_nameservers   text[]      not null default '{}',
    host_routes       jsonb       not null default '[]',
    allocation_pools  jsonb       not null default '[]',
    ipv6_address_mode text,
    ipv6_ra_mode      text,
    service_types     text[]      not null default '{}',
    tags              text[]      not null default '{}',
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    revision          bigint      not null default 1
);
create index subnet_network on subnet (network_id);
create index subnet_project on subnet (project_id, created_at);
call protect_table('subnet');
create policy subnet_of_shared_network on subnet for select
    using (exists (select from network n where n.id = network_id and n.shared));

create table security_group (
    id          uuid primary key,
    project_id  text        not null,
    name        text        not null,
    description text        not null default '',
    stateful    boolean     not null default true,
    is_default  boolean     not null default false,
    tags        text[]      not null default '{}',
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    revision    bigint      not null default 1
);
create index security_group_project on security_group (project_id, created_at);
create unique index security_group_default on security_group (project_id) where is_default;
call protect_table('security_group');

create table security_group_rule (
    id                uuid primary key,
    project_id        text        not null,
    security_group_id uuid        not null references security_group on delete cascade,
    description       text        not null default '',
    direction         text        not null check (direction in ('ingress', 'egress')),
    ethertype         text        not null check (ethertype in ('IPv4', 'IPv6')),
    protocol          text,
    port_range_min    integer,
    port_range_max    integer,
    remote_ip_prefix  cidr,
    remote_group_id   uuid references security_group on delete cascade,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    revision          bigint      not null default 1
);
create unique index security_group_rule_once on security_group_rule
    (security_group_id, direction, ethertype, protocol, port_range_min, port_range_max, remote_ip_prefix, remote_group_id)
    nulls not distinct;
create index security_group_rule_remote on security_group_rule (remote_group_id);
create index security_group_rule_project on security_group_rule (project_id, created_at);
call protect_table('security_group_rule');

create table port (
    id                    uuid primary key,
    project_id            text        not null,
    network_id            uuid        not null references network,
    name                  text        not null default '',
    description           text        not null default '',
    admin_state_up        boolean     not null default true,
    mac                   macaddr     not null,
    device_id             text        not null default '',
    device_owner          text        not null default '',
    port_security_enabled boolean     not null default true,
    allowed_address_pairs jsonb       not null default '[]',
    binding_host          text        not null default '',
    binding_profile       jsonb       not null default '{}',
    vnic_type             text        not null default 'normal',
    up                    boolean     not null default false,
    -- Ports of a server: their order, and whether they go when the server goes.
    device_index          integer     not null default 0,
    owned_by_device       boolean     not null default false,
    tags                  text[]      not null default '{}',
    created_at            timestamptz not null default now(),
    updated_at            timestamptz not null default now(),
    revision              bigint      not null default 1,
    unique (network_id, mac)
);
create index port_device on port (device_id) where device_id <> '';
create index port_project on port (project_id, created_at);
call protect_table('port');

create table port_security_group (
    port_id           uuid not null references port on delete cascade,
    security_group_id uuid not null references security_group,
    project_id        text not null,
    primary key (port_id, security_group_id)
);
create index port_security_group_group on port_security_group (security_group_id);
call protect_table('port_security_group');

create table router (
    id                  uuid primary key,
    project_id          text        not null,
    name                text        not null,
    description         text        not null default '',
    admin_state_up      boolean     not null default true,
    external_network_id uuid references network,
    gateway_port_id     uuid references port,
    enable_snat         boolean     not null default true,
    routes              jsonb       not null default '[]',
    tags                text[]      not null default '{}',
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    revision            bigint      not null default 1
);
create index router_project on router (project_id, created_at);
call protect_table('router');

create table floating_ip (
    id                  uuid primary key,
    project_id          text        not null,
    description         text        not null default '',
    floating_network_id uuid        not null references network,
    port_id             uuid references port on delete set null,
    fixed_ip            inet,
    router_id           uuid references router,
    tags                text[]      not null default '{}',
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    revision            bigint      not null default 1
);
create index floating_ip_project on floating_ip (project_id, created_at);
create unique index floating_ip_fixed on floating_ip (floating_network_id, port_id, fixed_ip) where port_id is not null;
call protect_table('floating_ip');

-- Who holds which address. The primary key is what makes a double allocation impossible.
create table address (
    subnet_id      uuid not null references subnet,
    ip             inet not null,
    project_id     text not null,
    port_id        uuid references port on delete cascade,
    floating_ip_id uuid references floating_ip on delete cascade,
    primary key (subnet_id, ip),
    check ((port_id is null) <> (floating_ip_id is null))
);
create index address_port on address (port_id);
create index address_floating_ip on address (floating_ip_id);
call protect_table('address');

create table network_quota (
    project_id text    not null,
    resource   text    not null,
    hard_limit integer not null check (hard_limit >= -1),
    primary key (project_id, resource)
);
call protect_table('network_quota');

-- What OVN may not show yet. Every change of the tables above raises the mark of what it touched, in the same transaction; the reconciler
-- takes a mark away only if its generation is still the one it has applied.
create sequence ovn_generation;
create table ovn_mark (
    kind       text        not null,
    id         uuid        not null,
    generation bigint      not null default nextval('ovn_generation'),
    failures   integer     not null default 0,
    fault      text,
    retry_at   timestamptz not null default '-infinity',
    primary key (kind, id)
);

-- The lowest free address of a subnet's pools, taken. An address on which another open transaction works is passed over rather than waited
-- for, hence the advisory lock before the insert; the primary key has the last word. Null when none is free.
create function take_address(of_subnet uuid, for_project text, for_port uuid, for_floating uuid) returns inet
    language plpgsql as
$$
declare
    free      record;
    candidate inet;
begin
    for free in
        with pool as (
            select (p ->> 'start')::inet as first, (p ->> 'end')::inet as last
              from subnet s, jsonb_array_elements(s.allocation_pools) p where s.id = of_subnet)
        select g.ip, g.last
          from (select pool.first as ip, pool.last from pool
                union all
                select a.ip + 1, pool.last from address a join pool on a.ip >= pool.first and a.ip < pool.last
                 where a.subnet_id = of_subnet) g
         where not exists (select from address b where b.subnet_id = of_subnet and b.ip = g.ip)
         order by g.ip
    loop
        candidate := free.ip;
        while candidate <= free.last
              and not exists (select from address b where b.subnet_id = of_subnet and b.ip = candidate)
        loop
            if pg_try_advisory_xact_lock(hashtextextended(of_subnet::text || host(candidate), 0)) then
                insert into address (subnet_id, ip, project_id, port_id, floating_ip_id)
                values (of_subnet, candidate, for_project, for_port, for_floating) on conflict do nothing;
                if found then
                    return candidate;
                end if;
            end if;
            candidate := candidate + 1;
        end loop;
    end loop;
    return null;
end
$$;
