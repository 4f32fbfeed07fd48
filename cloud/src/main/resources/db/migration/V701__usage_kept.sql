-- What a project uses is kept as changes to add up: counting a hundred thousand rows at each create, while others wait for the project's
-- lock, took longer than all the rest of it. Each change is a row of its own, so that nobody waits for one; every 64th adds up its project's.
create table usage_change (
    id         bigint  generated always as identity primary key,
    project_id text    not null,
    servers    integer not null default 0,
    vcpus      integer not null default 0,
    ram_mb     bigint  not null default 0,
    ports      integer not null default 0
);
create index usage_change_project on usage_change (project_id);
call protect_table('usage_change');

create function change_usage(of_project text, more_servers integer, more_vcpus integer, more_ram_mb bigint, more_ports integer)
    returns void language plpgsql as
$$
declare
    change bigint;
begin
    insert into usage_change (project_id, servers, vcpus, ram_mb, ports)
    values (of_project, more_servers, more_vcpus, more_ram_mb, more_ports) returning id into change;
    if change % 64 = 0 then
        with seen as (
            select id from usage_change where project_id = of_project for update skip locked),
        added as (
            delete from usage_change c using seen where c.id = seen.id returning c.*)
        insert into usage_change (project_id, servers, vcpus, ram_mb, ports)
        select of_project, sum(servers), sum(vcpus), sum(ram_mb), sum(ports) from added;
    end if;
end
$$;

-- A server counts from its row's first day to its end, but not while it is deleted restorably.
create function server_counts(terminated_at timestamptz, settled text, desired text) returns boolean
    language sql immutable as
$$
    select terminated_at is null and (settled is distinct from 'soft_deleted' or desired not in ('soft_deleted', 'deleted'))
$$;

create function server_usage_changed() returns trigger language plpgsql as
$$
declare
    was integer := 0;
    now integer := 0;
begin
    if tg_op <> 'INSERT' then
        was := server_counts(old.terminated_at, old.settled, old.desired)::integer;
    end if;
    if tg_op <> 'DELETE' then
        now := server_counts(new.terminated_at, new.settled, new.desired)::integer;
    end if;
    case tg_op
        when 'INSERT' then
            if now = 1 then
                perform change_usage(new.project_id, 1, new.vcpus, new.ram_mb, 0);
            end if;
        when 'DELETE' then
            if was = 1 then
                perform change_usage(old.project_id, -1, -old.vcpus, -old.ram_mb, 0);
            end if;
        else
            if (now, now * new.vcpus, now * new.ram_mb) <> (was, was * old.vcpus, was * old.ram_mb) then
                perform change_usage(new.project_id, now - was, now * new.vcpus - was * old.vcpus, now * new.ram_mb - was * old.ram_mb, 0);
            end if;
    end case;
    return null;
end
$$;
create trigger server_usage_come_or_gone after insert or delete on server
    for each row execute function server_usage_changed();
create trigger server_usage_other after update of terminated_at, settled, desired, vcpus, ram_mb on server
    for each row when (old.terminated_at is distinct from new.terminated_at or old.vcpus <> new.vcpus or old.ram_mb <> new.ram_mb
        or 'soft_deleted' in (old.settled, new.settled, old.desired, new.desired))
    execute function server_usage_changed();

create function port_usage_changed() returns trigger language plpgsql as
$$
begin
    if tg_op = 'INSERT' then
        perform change_usage(new.project_id, 0, 0, 0, 1);
    else
        perform change_usage(old.project_id, 0, 0, 0, -1);
    end if;
    return null;
end
$$;
create trigger port_usage_come_or_gone after insert or delete on port
    for each row execute function port_usage_changed();

insert into usage_change (project_id, servers, vcpus, ram_mb)
select project_id, count(*), sum(vcpus), sum(ram_mb) from server where server_counts(terminated_at, settled, desired) group by project_id;
insert into usage_change (project_id, ports) select project_id, count(*) from port group by project_id;

drop index server_usage;
drop index port_usage;

-- The lowest address above those taken in one of the subnet's pools, taken; when all pools have been gone through to their ends, the lowest that
-- was given back. So the cost does not grow with a subnet's ports, and an address rests before it is another guest's. An address on
-- which another open transaction works is passed over rather than waited for, hence the advisory lock before the insert; the primary key has
-- the last word. Null when none is free.
create or replace function take_address(of_subnet uuid, for_project text, for_port uuid, for_floating uuid) returns inet
    language plpgsql as
$$
declare
    pool      record;
    free      record;
    candidate inet;
begin
    for pool in
        select (p ->> 'start')::inet as first, (p ->> 'end')::inet as last
          from subnet s, jsonb_array_elements(s.allocation_pools) p where s.id = of_subnet order by 1
    loop
        select a.ip + 1 into candidate from address a
         where a.subnet_id = of_subnet and a.ip between pool.first and pool.last order by a.ip desc limit 1;
        candidate := coalesce(candidate, pool.first);
        while candidate <= pool.last loop
            if try_address(of_subnet, candidate, for_project, for_port, for_floating) then
                return candidate;
            end if;
            candidate := candidate + 1;
        end loop;
    end loop;
    for free in
        with range as (
            select (p ->> 'start')::inet as low, (p ->> 'end')::inet as high
              from subnet s, jsonb_array_elements(s.allocation_pools) p where s.id = of_subnet)
        select g.ip, g.high as last
          from (select low as ip, high from range
                union all
                select a.ip + 1, high from address a join range on a.ip >= low and a.ip < high where a.subnet_id = of_subnet) g
         where not exists (select from address b where b.subnet_id = of_subnet and b.ip = g.ip)
         order by g.ip
    loop
        candidate := free.ip;
        while candidate <= free.last
              and not exists (select from address b where b.subnet_id = of_subnet and b.ip = candidate)
        loop
            if try_address(of_subnet, candidate, for_project, for_port, for_floating) then
                return candidate;
            end if;
            candidate := candidate + 1;
        end loop;
    end loop;
    return null;
end
$$;

create function try_address(of_subnet uuid, candidate inet, for_project text, for_port uuid, for_floating uuid) returns boolean
    language plpgsql as
$$
begin
    if pg_try_advisory_xact_lock(hashtextextended(of_subnet::text || host(candidate), 0)) then
        insert into address (subnet_id, ip, project_id, port_id, floating_ip_id)
        values (of_subnet, candidate, for_project, for_port, for_floating) on conflict do nothing;
        return found;
    end if;
    return false;
end
$$;
