-- Servers that are started, stopped, rebooted or imaged on a calendar.

create table server_schedule (
    id         uuid primary key,
    server_id  uuid not null references server on delete cascade,
    project_id text not null,
    -- Who made it: owns the images that it makes.
    user_id    text not null,
    name       text not null check (length(name) between 1 and 255),
    action     text not null check (action in ('start', 'stop', 'reboot', 'snapshot')),
    -- Either days of the week (ISO 8601: 1 is Monday), again and again, or one date.
    days       integer[] not null default '{}',
    date       date,
    time       time not null,
    -- A name of the IANA time zone database: "19:00" goes on meaning 19:00 when a country changes its clocks.
    zone       text not null,
    -- How many of its images to keep; of snapshots only.
    keep       integer check (keep between 1 and 100),
    enabled    boolean not null default true,
    -- The next time it is to act; null: never again, or paused. Moved on in the transaction that acts, so that each time counts once.
    due_at     timestamptz,
    -- Not before then: later than due_at when the server was busy.
    try_at     timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((cardinality(days) > 0) <> (date is not null)),
    check ((keep is not null) = (action = 'snapshot')),
    check ((due_at is null) = (try_at is null))
);
create index server_schedule_of_server on server_schedule (server_id, created_at);
create index server_schedule_due on server_schedule (try_at) where try_at is not null;
call protect_table('server_schedule');

-- What schedules did, and what they missed. Outlives the schedule, not the server.
create table schedule_run (
    id            bigint generated always as identity primary key,
    schedule_id   uuid not null,
    schedule_name text not null,
    server_id     uuid not null references server on delete cascade,
    project_id    text not null,
    action        text not null,
    due_at        timestamptz not null,
    ran_at        timestamptz not null,
    -- begun: the instance action of request_id says how it went on. unneeded: the server was so already.
    result        text not null check (result in ('begun', 'unneeded', 'failed', 'missed')),
    reason        text,
    request_id    text not null,
    image_id      uuid,
    -- The last line of defence against doing it twice.
    unique (schedule_id, due_at)
);
create index schedule_run_of_server on schedule_run (server_id, id desc);
call protect_table('schedule_run');
revoke insert, update, delete on schedule_run from "${api}";
