-- What the whole database shares: rights by default, the outbox, the fence around customers' rows.
-- Three roles: the owner migrates; ${api} serves requests behind row-level security; ${system} reconciles.

alter default privileges grant select, insert, update, delete on tables to "${api}", "${system}";
alter default privileges grant usage, select on sequences to "${api}", "${system}";
grant usage on schema public to "${api}", "${system}";

-- Events of committed transactions on their way to the ledger. Requests may only append.
create table outbox (
    id bigint generated always as identity primary key,
    position bigint unique,
    event text not null,
    project_id text,
    recorded_at timestamptz not null default now()
);
revoke select, update, delete on outbox from "${api}";

-- One row: this database's name as a source of events, and the last position given.
create table outbox_head (
    source uuid not null default gen_random_uuid(),
    last_position bigint not null default 0
);
insert into outbox_head default values;
revoke all on outbox_head from "${api}";

