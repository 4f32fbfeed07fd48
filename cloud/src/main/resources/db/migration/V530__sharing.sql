-- Who may use what belongs to another project: one row per object, action and project, or '*' for all projects. What was the flag "shared"
-- of a network is now such a row, so that there is one place that says who sees a network.
create table rbac_policy (
    id             uuid primary key,
    project_id     text        not null,
    object_type    text        not null
                   check (object_type in ('network', 'subnetpool', 'address_scope', 'address_group', 'security_group', 'qos_policy')),
    object_id      uuid        not null,
    action         text        not null check (action in ('access_as_shared', 'access_as_external')),
    target_project text        not null,
    created_at     timestamptz not null default now(),
    unique (object_type, object_id, action, target_project)
);
create index rbac_policy_target on rbac_policy (object_type, target_project);
create index rbac_policy_project on rbac_policy (project_id, created_at);
call protect_table('rbac_policy');
-- Not forced upon the owner: the two functions below run as the owner and read all rows, since the one who is given access may use it but
-- not see whom else it was given to.
alter table rbac_policy no force row level security;

-- What of this type was opened to the caller's project, to use as if it were its own.
create function shared_with_me(of_type text) returns setof uuid
    language sql stable security definer set search_path = public as
$$
    select object_id from rbac_policy
     where object_type = of_type and action = 'access_as_shared'
       and target_project in ('*', nullif(current_setting('unkai.project', true), ''))
$$;

-- What of this type the caller's project may at least see: what is shared, and external networks for gateways and floating addresses.
create function shown_to_me(of_type text) returns setof uuid
    language sql stable security definer set search_path = public as
$$
    select object_id from rbac_policy
     where object_type = of_type and target_project in ('*', nullif(current_setting('unkai.project', true), ''))
$$;

insert into rbac_policy (id, project_id, object_type, object_id, action, target_project)
select gen_random_uuid(), project_id, 'network', id, 'access_as_shared', '*' from network where shared
union all
select gen_random_uuid(), project_id, 'network', id, 'access_as_external', '*' from network where external;

drop policy network_seen_by_all on network;
drop policy subnet_of_shared_network on subnet;
alter table network drop column shared;
-- Sub-selects that do not depend on the row: computed once a query, looked up by hash.
create policy network_shown on network for select using (id in (select shown_to_me('network')));
create policy subnet_of_shared_network on subnet for select using (network_id in (select shared_with_me('network')));
