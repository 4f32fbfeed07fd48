-- Notes every change of state and every event with its transaction, and says what must never be.
create unlogged table simulation.change (tx xid8 not null, target text not null, what text not null);
create unlogged table simulation.told (tx xid8 not null, target text not null);

create function simulation.note_server() returns trigger language plpgsql security definer as $$
begin
    if tg_op = 'INSERT' then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'server created');
    elsif new.desired <> old.desired or new.generation <> old.generation then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'server to be ' || new.desired);
    elsif old.host_id is not null and new.host_id is not null and new.host_id <> old.host_id then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'server moved');
    elsif (new.launched_at is null) <> (old.launched_at is null) then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'server launched');
    elsif (new.terminated_at is null) <> (old.terminated_at is null) then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'server terminated');
    elsif new.fault_message is not null and new.fault_message is distinct from old.fault_message then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'server in trouble');
    elsif new.observed <> old.observed and new.observed in ('running', 'stopped') then
        insert into simulation.change
            select pg_current_xact_id(), id::text, 'server ' || observed from server
             where id = new.id and due_at is null and considered_generation >= generation
               and fault_message is null and work is null; -- else it is on its way, late, or in trouble
    end if;
    return null;
end $$;
-- At the end of the transaction: in its middle a server may look as if it were at rest.
create constraint trigger note after insert or update on server deferrable initially deferred
    for each row execute function simulation.note_server();

create function simulation.note_host() returns trigger language plpgsql security definer as $$
begin
    if tg_op = 'INSERT' or new.state <> old.state or new.maintenance <> old.maintenance then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'host ' || new.state);
    end if;
    return null;
end $$;
create trigger note after insert or update on host for each row execute function simulation.note_host();

create function simulation.note_port() returns trigger language plpgsql security definer as $$
begin
    if tg_op = 'DELETE' then
        insert into simulation.change values (pg_current_xact_id(), old.id::text, 'port deleted');
    else
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'port created');
    end if;
    return null;
end $$;
create trigger note after insert or delete on port for each row execute function simulation.note_port();

create function simulation.note_schedule() returns trigger language plpgsql security definer as $$
begin
    if tg_op = 'INSERT' then
        insert into simulation.change values (pg_current_xact_id(), new.id::text, 'schedule made');
    elsif exists (select from server where id = old.server_id and desired <> 'deleted') then -- else it went with its server
        insert into simulation.change values (pg_current_xact_id(), old.id::text, 'schedule dropped');
    end if;
    return null;
end $$;
create trigger note after insert or delete on server_schedule for each row execute function simulation.note_schedule();

create function simulation.note_schedule_run() returns trigger language plpgsql security definer as $$
begin
    if new.result <> 'unneeded' then
        insert into simulation.change values (pg_current_xact_id(), new.server_id::text, 'schedule ' || new.result);
    end if;
    return null;
end $$;
create trigger note after insert on schedule_run for each row execute function simulation.note_schedule_run();

create unlogged table simulation.wrong (what text not null);
create function simulation.note_claim() returns trigger language plpgsql security definer as $$
begin
    insert into simulation.wrong
        select 'a claim on host ' || name || ', which takes no guests' from host where id = new.host_id and maintenance;
    return null;
end $$;
create trigger note after insert on claim for each row execute function simulation.note_claim();

create function simulation.note_event() returns trigger language plpgsql security definer as $$
begin
    insert into simulation.told values (pg_current_xact_id(), new.event::jsonb -> 'target' ->> 'id');
    return null;
end $$;
create trigger note after insert on outbox for each row execute function simulation.note_event();

create function simulation.violations() returns setof text language plpgsql as $$
begin
    return query
        select c.what || ' without an event: ' || c.target from simulation.change c
         where not exists (select from simulation.told t where t.tx = c.tx and t.target = c.target);
    if exists (select from simulation.told) or exists (select from simulation.change) then
        delete from simulation.told;
        delete from simulation.change;
    end if;
    return query select what from simulation.wrong;
    return query
        select 'project ' || q.project_id || ' uses ' || used.n || ' of ' || q.hard_limit || ' ' || q.resource
          from compute_quota q cross join lateral (
               select case q.resource when 'instances' then count(*) when 'cores' then sum(vcpus) else sum(ram_mb) end as n
                 from server s
                where s.project_id = q.project_id and s.terminated_at is null
                  and (s.settled is distinct from 'soft_deleted' or s.desired not in ('soft_deleted', 'deleted'))) used
         where q.hard_limit >= 0 and used.n > q.hard_limit;
    return query
        select 'project ' || q.project_id || ' has more ports than ' || q.hard_limit from network_quota q
         where q.resource = 'port' and q.hard_limit >= 0
           and (select count(*) from port p where p.project_id = q.project_id) > q.hard_limit;
    return query
        select 'host ' || h.name || ' notes other claims than it has' from host h
          left join (select host_id, sum(vcpus) as vcpus, sum(memory_mib) as memory, sum(disk_gib) as disk, count(*) as n
                       from claim group by host_id) c on c.host_id = h.id
         where (h.used_vcpus, h.used_memory_mib, h.used_disk_gib, h.guests)
               is distinct from (coalesce(c.vcpus, 0), coalesce(c.memory, 0), coalesce(c.disk, 0), coalesce(c.n, 0));
    return query
        select 'host ' || name || ' is sold beyond its capacity' from host
         where used_vcpus > vcpus * 4 or used_memory_mib > memory_mib - 512 or used_disk_gib > disk_gib;
    return query
        select 'a claim without its server: ' || c.server_id from claim c left join server s on s.id = c.server_id
         where s.id is null or s.terminated_at is not null;
    return query
        select 'a guest without its server: ' || g.server_id from guest g left join server s on s.id = g.server_id
         where s.id is null or s.terminated_at is not null;
    return query
        select 'a guest without a claim on its host: ' || g.server_id from guest g
         where not exists (select from claim c where c.server_id = g.server_id and c.host_id = g.host_id);
    return query
        select 'a claim without a guest on its host: ' || c.server_id from claim c
         where not exists (select from guest g where g.server_id = c.server_id and g.host_id = c.host_id);
    return query
        select 'a guest that is itself on several hosts: ' || server_id from guest
         where role = 'main' group by server_id having count(*) > 1;
    return query
        select 'a placed server without its guest: ' || s.id from server s
         where s.host_id is not null and s.terminated_at is null
           and not exists (select from guest g where g.server_id = s.id
                            and (s.desired = 'deleted' or g.host_id = s.host_id and g.role = 'main'));
    return query
        select 'a server on several moves: ' || server_id from migration
         where status not in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled')
         group by server_id having count(*) > 1;
    return query
        select 'a port of no server: ' || p.id from port p left join server s on s.id = p.server_id
         where p.server_id is not null and (s.id is null or s.terminated_at is not null);
    return query
        select 'a port made for a server that lost it: ' || p.id from port p where p.owned_by_device and p.server_id is null;
    return query
        select 'port ' || p.id || ' is bound elsewhere than its server is' from port p join server s on s.id = p.server_id
         where p.binding_host <> coalesce(s.host_id::text, '');
end $$;
