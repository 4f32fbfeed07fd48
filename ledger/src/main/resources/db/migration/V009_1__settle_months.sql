-- An index of words gathers new entries in a list of up to four megabytes that every search reads to its end, until somebody clears it: in a month that is over,
-- often nobody ever did, and a search through forty of them took 300 ms for that alone. So whoever begins a month clears those of its class before it.
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
    perform gin_clean_pending_list(i.indexrelid::regclass)
       from pg_inherits h join pg_index i on i.indrelid = h.inhrelid join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where h.inhparent = to_regclass('public.event_' || about) and a.amname = 'gin';
end $body$;

select gin_clean_pending_list(i.indexrelid::regclass)
  from pg_inherits h join pg_inherits above on above.inhrelid = h.inhparent join pg_index i on i.indrelid = h.inhrelid
  join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
 where above.inhparent = 'public.event'::regclass and a.amname = 'gin';
