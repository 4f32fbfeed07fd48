-- The run's time in place of the machine's, for every now() in statements, functions and column defaults.
create schema simulation;
grant usage on schema simulation to public;
create function simulation.now() returns timestamptz language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('simulation.now', true), ''), '2030-01-01T00:00:00Z')::timestamptz $$;
do $$ begin execute format('alter database %I set search_path = public, simulation, pg_catalog', current_database()); end $$;
