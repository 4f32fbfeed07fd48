-- An index of words gathers new entries in a list that every search reads to its end. Whoever came with the entry that filled it (4 MB, some 6,000 events) brought
-- the whole list into the index before his own batch was done, in each of the two indexes: batches stood for up to two seconds, a third of the processor time of taking in
-- events was spent there, and searches read up to 8 MB of lists. Now the process brings them in by this function, beside those who write (decision 0100).
create function settle_words() returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
begin
    perform gin_clean_pending_list(i.indexrelid::regclass)
       from pg_inherits class
      cross join lateral (select h.inhrelid from pg_inherits h join pg_class part on part.oid = h.inhrelid
                           where h.inhparent = class.inhrelid order by part.relname desc limit 2) newest
       join pg_index i on i.indrelid = newest.inhrelid
       join pg_class c on c.oid = i.indexrelid
       join pg_am a on a.oid = c.relam
      where class.inhparent = 'public.event'::regclass and a.amname = 'gin';
end $body$;
revoke all on function settle_words from public;
grant execute on function settle_words to "${system}";

-- Writers settle a list themselves at 64 MB only, should the process not. A vacuum for rows that were only inserted has nothing to do in these tables until they are to
-- be frozen; it would hold the lists for as long as it paces itself.
create function event_part_options(part text) returns void
    language plpgsql set search_path = pg_catalog, public, pg_temp as $body$
declare
    words text;
begin
    for words in select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
                  where i.indrelid = format('public.%I', part)::regclass and a.amname = 'gin' loop
        execute format('alter index public.%I set (gin_pending_list_limit = 65536)', words);
    end loop;
    execute format('alter table public.%I set (autovacuum_vacuum_insert_threshold = -1, autovacuum_vacuum_cost_delay = 0)', part);
end $body$;
revoke all on function event_part_options from public;

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
    perform public.event_part_options(part);
    execute format('revoke all on public.%I from "${api}", "${system}"', part);
    execute format('grant select on public.%I to "${api}", "${system}"', part);
    execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
                   'event_' || about, part, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
    perform gin_clean_pending_list(i.indexrelid::regclass)
       from pg_inherits h join pg_index i on i.indrelid = h.inhrelid join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where h.inhparent = to_regclass('public.event_' || about) and a.amname = 'gin';
end $body$;

do $body$
declare
    part text;
begin
    for part in select c.relname from pg_inherits class join pg_inherits h on h.inhparent = class.inhrelid join pg_class c on c.oid = h.inhrelid
                 where class.inhparent = 'public.event'::regclass loop
        perform public.event_part_options(part);
    end loop;
end $body$;
