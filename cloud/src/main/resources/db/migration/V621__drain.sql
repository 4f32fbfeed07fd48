-- Hosts that are to be emptied: an operator's wish, which lasts until it is taken back. What comes of it is told by guest.
create table drain (
    id           uuid primary key,
    host_id      uuid not null references host on delete cascade,
    requested_by text not null,
    started_at   timestamptz not null,
    -- Null as long as anything of a guest is on the host.
    emptied_at   timestamptz,
    -- Null as long as it is wanted.
    ended_at     timestamptz,
    -- When to look at it again.
    due_at       timestamptz not null default now()
);
create unique index drain_open on drain (host_id) where ended_at is null;
create index drain_of_host on drain (host_id, started_at desc);

create table drain_guest (
    drain_id     uuid not null references drain on delete cascade,
    server_id    uuid not null,
    project_id   text not null,
    name         text not null,
    state        text not null check (state in ('waiting', 'moving', 'moved', 'stuck', 'gone')),
    -- The newest try.
    migration_id bigint references migration on delete set null,
    tries        integer not null default 0,
    -- Why it cannot go now: a word for programs, a sentence for people.
    obstacle     text,
    sentence     text,
    -- Where it went, and how long it stood still (milliseconds; null: it was not running).
    target_host  text,
    standstill_millis bigint,
    moved_at     timestamptz,
    next_at      timestamptz not null default now(),
    primary key (drain_id, server_id)
);

revoke all on drain, drain_guest from "${api}";
alter table drain enable row level security;
alter table drain_guest enable row level security;
create policy of_system on drain to "${system}" using (true) with check (true);
create policy of_system on drain_guest to "${system}" using (true) with check (true);
-- Operators alone; customers read of their own servers' moves in their history.
grant select, insert, update on drain to "${api}";
grant select on drain_guest to "${api}";
create policy of_operator on drain to "${api}"
    using (current_setting('unkai.reach', true) = 'provider')
    with check (current_setting('unkai.reach', true) = 'provider');
create policy of_operator on drain_guest for select to "${api}"
    using (current_setting('unkai.reach', true) = 'provider');

-- A move that empties a host ends by itself: nobody is asked to confirm it.
alter table migration add column drain_id uuid references drain on delete set null;
