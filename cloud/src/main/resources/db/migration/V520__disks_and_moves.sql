-- A guest may stand in the plans of two hosts: while it moves, and while its customer tries it at the new one. Exactly one of
-- the rows is the guest itself; the others are on their way in or out.
alter table guest drop constraint guest_pkey;
alter table guest
    add column role text not null default 'main' check (role in ('main', 'arriving', 'kept', 'leaving')),
    add primary key (server_id, host_id);
create unique index guest_main on guest (server_id) where role = 'main';

-- Which disk a server is on. No row: on the first edition, made from its image.
create table server_disk (
    server_id uuid primary key references server on delete cascade,
    project_id text not null,
    edition bigint not null default 0,
    -- The edition that the present one began as a copy of; null: it was made from the image.
    copy_of bigint,
    -- The edition that a revert goes back to; null: none is kept.
    kept bigint,
    -- The highest edition so far: each is used once, so that a host never takes an old disk for a new one.
    newest bigint not null default 0,
    -- What a shelved server is kept as.
    shelved_image_id uuid
);
call protect_table('server_disk');

-- Images of disks that hosts are to make; gone when the image is stored or given up.
create table capture (
    id uuid primary key,
    server_id uuid not null references server on delete cascade,
    project_id text not null,
    image_id uuid not null,
    -- How many images of this kind to keep; older ones go when this one is stored. Null: all.
    backup_type text,
    rotation integer check (rotation >= 0),
    created_at timestamptz not null
);
create index capture_of_server on capture (server_id);
call protect_table('capture');

-- Resizes and moves of servers, in the words of the Compute API ("migrations").
create table migration (
    id bigint generated always as identity primary key,
    uuid uuid not null unique,
    server_id uuid not null references server on delete cascade,
    project_id text not null,
    user_id text not null,
    type text not null check (type in ('resize', 'migration', 'live-migration')),
    status text not null,
    source_host_id uuid not null,
    source_host text not null,
    -- Null until a host is found.
    target_host_id uuid,
    target_host text,
    -- Asked for by the provider; null: any.
    wanted_host text,
    -- The flavor before and after, as JSON of Server.Size.
    old_size jsonb not null,
    new_size jsonb not null,
    -- Whether the server ran when it began; the goal that it returns to.
    ran boolean not null,
    bandwidth_mib bigint not null default 0,
    force_complete boolean not null default false,
    memory_total bigint,
    memory_processed bigint,
    memory_remaining bigint,
    disk_total bigint,
    disk_processed bigint,
    disk_remaining bigint,
    downtime_millis bigint,
    failure text,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index migration_of_server on migration (server_id, id desc);
create index migration_open on migration (server_id)
    where status not in ('completed', 'confirmed', 'reverted', 'error', 'failed', 'cancelled');
call protect_table('migration');

-- With a goal that keeps a server as it is (resized): whether it is off.
alter table server add column rests boolean not null default false;
