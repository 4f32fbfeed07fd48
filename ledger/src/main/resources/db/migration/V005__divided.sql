-- Events divided by class and month, so that what has been kept long enough is dropped as a whole (decision 0081). What was stored before is moved by the
-- process when it starts: its class and the words by which it is found are computed there.
alter table event rename to event_undivided;
alter index event_pkey rename to event_undivided_pkey;
drop index event_of_target;
drop index event_by_time;

create table event (
    number bigint not null,           -- in the whole ledger, from 0, without a gap
    log text not null,                -- whose history: a project, or 'provider'
    place bigint not null,            -- in that history, from 0, without a gap
    source text not null,
    position bigint not null,
    received_at timestamptz not null,
    class text not null,
    action text not null,
    outcome text not null,
    target_id text not null,
    target_type text not null,
    initiator_id text not null,
    initiator_name text not null,
    address text not null,            -- from where; empty where nobody came from anywhere
    body text not null,
    words tsvector not null,          -- by which it is found, each behind six signs of its log: no customer's words slow another's search
    hash bytea not null,              -- of the event's leaf in its history
    seal bytea not null               -- that this process wrote the row: a key that is in no database
) partition by list (class);
create table event_access partition of event for values in ('access') partition by range (received_at);
create table event_security partition of event for values in ('security') partition by range (received_at);
create table event_platform partition of event for values in ('platform') partition by range (received_at);
create table event_operation partition of event for values in ('operation') partition by range (received_at);

-- No index can be unique over all months: who writes next where stands here, written under the lock of the one writer and held against the events by the
-- auditor. The log 'journal' counts all events.
create table log_end (
    log text primary key,
    places bigint not null
) with (fillfactor = 50);
create table source_end (
    source text primary key,
    position bigint not null
) with (fillfactor = 50);

-- What stays of a dropped event: enough for every proof of the others.
create table dropped_event (
    number bigint primary key,
    log text not null,
    place bigint not null,
    source text not null,
    position bigint not null,
    class text not null,
    month date not null,
    hash bytea not null,
    seal bytea not null,
    unique (log, place),
    unique (source, position)
);

create view entry as
    select number, log, place, source, position, hash, seal from event
    union all
    select number, log, place, source, position, hash, seal from dropped_event;

-- Makes the table of a class's month where it is missing. Attached rather than made as a part: nobody who reads waits for that.
create function event_month(about text, received timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
declare
    first timestamp := date_trunc('month', received at time zone 'UTC');
    part text := format('event_%s_%s', about, to_char(first, 'YYYY_MM'));
begin
    if to_regclass('public.' || part) is not null then
        return;
    end if;
    execute format('create table public.%I (like public.event)', part);
    execute format('create unique index on public.%I (number)', part);
    execute format('create unique index on public.%I (log, place)', part);
    execute format('create unique index on public.%I (source, position)', part);
    execute format('create index on public.%I (log, received_at)', part);
    execute format('create index on public.%I using gin (words)', part);
    execute format('revoke all on public.%I from "${api}", "${system}"', part);
    execute format('grant select on public.%I to "${api}", "${system}"', part);
    execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
                   'event_' || about, part, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
end $body$;
revoke all on function event_month from public;
grant execute on function event_month to "${system}";

-- Removes the tables that the events were moved out of, once every one of them is among the others.
create function drop_moved() returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
begin
    if to_regclass('public.event_unsealed') is not null then
        if not exists (select from public.event_unsealed u
                        where not exists (select from public.entry e where e.source = u.source and e.position = u.position)) then
            drop table public.event_unsealed;
        end if;
    end if;
    if to_regclass('public.event_undivided') is not null then
        if not exists (select from public.event_undivided u
                        where not exists (select from public.entry e where e.number = u.number and e.hash = u.hash)) then
            drop table public.event_undivided;
        end if;
    end if;
end $body$;
revoke all on function drop_moved from public;
grant execute on function drop_moved to "${system}";

revoke update, delete, truncate on event, event_access, event_security, event_platform, event_operation, event_undivided from "${api}", "${system}";
revoke insert on event, event_access, event_security, event_platform, event_operation, event_undivided, log_end, source_end from "${api}";
revoke insert on event_undivided from "${system}";
revoke update, delete, truncate on log_end, source_end from "${api}";
revoke delete, truncate on log_end, source_end from "${system}";
revoke insert, update, delete, truncate on dropped_event, entry from "${api}", "${system}";
