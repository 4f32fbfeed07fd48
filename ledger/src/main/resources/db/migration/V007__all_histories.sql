-- Whoever searches all histories at once asks each month's index of words once, however many histories there are. Before, it was asked for the words of
-- each of them, and beyond a thousand not at all. The words of a row all begin with the six signs of its log (Words): here without these. On a large
-- ledger this takes some minutes, in which events wait in their processes.
create or replace function event_month(about text, received timestamptz) returns void
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
    execute format('create index on public.%I using gin ((replace(words::text, left(words::text, 7), %L)::tsvector))', part, '''');
    execute format('revoke all on public.%I from "${api}", "${system}"', part);
    execute format('grant select on public.%I to "${api}", "${system}"', part);
    execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
                   'event_' || about, part, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
end $body$;

do $body$
declare
    part regclass;
begin
    for part in select i.inhrelid from pg_inherits i join pg_inherits above on above.inhrelid = i.inhparent
                 where above.inhparent = 'public.event'::regclass loop
        execute format('create index on %s using gin ((replace(words::text, left(words::text, 7), %L)::tsvector))', part, '''');
    end loop;
end $body$;
