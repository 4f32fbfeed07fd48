-- Drops the events of a class's month whole, the only way in which events go. The everyday roles own none of the tables: this function, which is the
-- owner's, does it for them, and asks again by the database's own clock what the process has asked by its: both must say that the time is over. That an
-- act tells of it, sealed, is the process's part: rows that no act tells of are named by the auditor.
create function event_drop(about text, month date) returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
declare
    part text := format('event_%s_%s', about, to_char(month, 'YYYY_MM'));
    days integer := coalesce((select a.days from public.act a where a.kind = 'retention' and a.class = about order by a.number desc limit 1), 365);
    newest timestamptz;
    held boolean;
    dropped bigint;
begin
    if days < 30 then
        raise exception 'kept for less than 30 days';
    end if;
    execute format('select max(received_at) from public.%I', part) into newest;
    if greatest(newest, (month::timestamp + interval '1 month') at time zone 'UTC') + make_interval(days => days) > now() then
        raise exception 'the time of % is not over', part;
    end if;
    execute format('select exists (select from public.act h where h.kind = %L and (h.until is null or h.until > now())
                                      and (h.class is null or h.class = %L)
                                      and (h.log is null or exists (select from public.%I e where e.log = h.log))
                                      and not exists (select from public.act e where e.kind = %L and e.id = h.id))',
                   'hold', about, part, 'hold-end') into held;
    if held then
        raise exception '% is held', part;
    end if;
    execute format('insert into public.dropped_event (number, log, place, source, position, class, month, hash, seal)
                    select number, log, place, source, position, %L, %L, hash, seal from public.%I', about, month, part);
    get diagnostics dropped = row_count;
    execute format('drop table public.%I', part);
    return dropped;
end $body$;
revoke all on function event_drop from public;
grant execute on function event_drop to "${system}";
