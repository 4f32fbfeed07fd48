-- What became of each attempt to back this database up: the operator sees it, and a failed one is tried again. Which good
-- backups there are is said by their directory alone, so that this table, restored from one of them, cannot claim others.
create table backup_run (
    id        bigint generated always as identity primary key,
    -- The name in the directory; null when the attempt left none.
    file      text        unique,
    -- schedule, command, or found: its maker ended before it could write this row.
    made_by   text        not null check (made_by in ('schedule', 'command', 'found')),
    began_at  timestamptz not null,
    ended_at  timestamptz not null,
    bytes     bigint,
    tables    int,
    row_count bigint,
    -- Why there is no good backup; null: there is.
    failure   text
);
create index backup_run_began on backup_run (began_at);
revoke all on backup_run from "${api}";

-- A backup says which migrations its tables had seen, so that a restore begins with just these.
grant select on flyway_schema_history to "${system}";
