-- Groups of hosts with properties of their own; one that names an availability zone puts its hosts into it.

create table host_aggregate (
    id integer generated always as identity primary key,
    uuid uuid not null unique,
    name text not null unique,
    metadata jsonb not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz
);
create table host_aggregate_member (
    aggregate_id integer not null references host_aggregate (id) on delete cascade,
    host_id uuid not null references host (id) on delete cascade,
    primary key (aggregate_id, host_id)
);
create index host_aggregate_member_by_host on host_aggregate_member (host_id);

-- The zone that the host says it is in; host.zone is that of its aggregate, if one names a zone.
alter table host add column own_zone text not null default 'nova';
update host set own_zone = zone;

alter table host_aggregate enable row level security;
alter table host_aggregate_member enable row level security;
create policy of_system on host_aggregate to "${system}" using (true) with check (true);
create policy of_system on host_aggregate_member to "${system}" using (true) with check (true);
create policy of_operator on host_aggregate to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
create policy of_operator on host_aggregate_member to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
grant update (zone) on host to "${api}";
