-- Compute: what customers asked for (desired) beside what hosts were last seen to do with it (observed).
-- The API writes the desired columns, the server reconciler the observed ones; status is derived from both on reading.

-- The catalogue of sizes: the provider's to change, shown to every customer.
create table flavor (
    id           text primary key check (length(id) between 1 and 255),
    name         text not null unique check (length(name) between 1 and 255),
    vcpus        integer not null check (vcpus > 0),
    ram_mb       integer not null check (ram_mb > 0),
    disk_gb      integer not null check (disk_gb >= 0),
    ephemeral_gb integer not null default 0 check (ephemeral_gb >= 0),
    swap_mb      integer not null default 0 check (swap_mb >= 0),
    rxtx_factor  double precision not null default 1.0,
    is_public    boolean not null default true,
    disabled     boolean not null default false,
    description  text,
    extra_specs  jsonb not null default '{}',
    created_at   timestamptz not null default now()
);
insert into flavor (id, name, vcpus, ram_mb, disk_gb) values
    ('u1.nano',   'u1.nano',   1,   128,   1),
    ('u1.micro',  'u1.micro',  1,   256,   2),
    ('u1.tiny',   'u1.tiny',   1,   512,   5),
    ('u1.small',  'u1.small',  1,  2048,  20),
    ('u1.medium', 'u1.medium', 2,  4096,  40),
    ('u1.large',  'u1.large',  4,  8192,  80),
    ('u1.xlarge', 'u1.xlarge', 8, 16384, 160);
alter table flavor enable row level security;
alter table flavor force row level security;
create policy of_everyone on flavor for select using (true);
create policy of_provider on flavor to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on flavor to "${system}" using (true) with check (true);

-- Which projects may use a flavor that is not public.
create table flavor_access (
    flavor_id  text not null references flavor on delete cascade,
    project_id text not null,
    primary key (flavor_id, project_id)
);
alter table flavor_access enable row level security;
alter table flavor_access force row level security;
create policy of_project on flavor_access for select to "${api}"
    using (project_id = nullif(current_setting('unkai.project', true), ''));
create policy of_provider on flavor_access to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on flavor_access to "${system}" using (true) with check (true);

create table server_group (
    id         uuid primary key,
    project_id text not null,
    user_id    text not null,
    name       text not null,
    policy     text not null check (policy in ('affinity', 'anti-affinity', 'soft-affinity', 'soft-anti-affinity')),
    rules      jsonb not null default '{}',
    created_at timestamptz not null default now()
);
create index server_group_of_project on server_group (project_id, created_at, id);
call protect_table('server_group');

create table server (
    id                uuid primary key,
    -- Names the guest at its host: instance-%08x.
    number            bigint generated always as identity unique,
    project_id        text not null,
    user_id           text not null,
    -- Of the create request: groups servers made at once, and finds their log lines.
    request_id        text not null,
    reservation_id    text not null,
    launch_index      integer not null default 0,

    name              text not null,
    hostname          text not null,
    description       text,
    metadata          jsonb not null default '{}',
    tags              text[] not null default '{}',

    -- Desired. Each change that a host must hear of adds one to generation.
    desired           text not null default 'active' check (desired in ('active', 'stopped', 'deleted')),
    generation        bigint not null default 1,
    reboots           bigint not null default 0,
    reboot_kind       text not null default 'soft' check (reboot_kind in ('soft', 'hard')),

    -- Observed, written by the server reconciler only.
    host_id           uuid,
    host_name         text,
    observed          text not null default 'none' check (observed in ('none', 'running', 'stopped', 'crashed', 'unknown')),
    observed_at       timestamptz,
    reboots_done      bigint not null default 0,
    -- Shown while building: scheduling, networking, block_device_mapping, spawning. Null otherwise.
    build_step        text default 'scheduling',
    -- Why it cannot be as desired now; cleared when it can. A server with a fault is in ERROR.
    fault_code        integer,
    fault_message     text,
    fault_at          timestamptz,
    launched_at       timestamptz,

    -- The flavor as it was when chosen: later changes of the catalogue do not reach existing servers.
    flavor_id         text not null,
    flavor_name       text not null,
    vcpus             integer not null,
    ram_mb            integer not null,
    disk_gb           integer not null,
    ephemeral_gb      integer not null default 0,
    swap_mb           integer not null default 0,
    extra_specs       jsonb not null default '{}',

    image_id          uuid,
    key_name          text,
    -- A copy, since the key pair may be deleted while the server lives.
    key_public        text,
    -- As sent: base64 (RFC 4648), at most 65535 characters.
    user_data         text,
    config_drive      boolean not null default true,
    disk_config       text not null default 'MANUAL' check (disk_config in ('AUTO', 'MANUAL')),
    -- Asked for by the customer; null: any.
    requested_zone    text,
    -- Asked for by the provider (host name); null: any.
    requested_host    text,
    -- Where it is.
    availability_zone text,
    access_ipv4       text not null default '',
    access_ipv6       text not null default '',
    server_group_id   uuid references server_group on delete set null,
    locked_by         text check (locked_by in ('owner', 'admin')),
    locked_reason     text,

    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    -- Set by the server reconciler once guest, disk, ports and claim are gone. Such rows answer changes-since and usage; pruned later.
    terminated_at     timestamptz
);
create index server_of_project on server (project_id, created_at desc, id desc) where terminated_at is null;
create index server_changes on server (project_id, updated_at);
create index server_of_host on server (host_id) where terminated_at is null;
create index server_of_group on server (server_group_id) where server_group_id is not null;
-- The gaps, so that the reconciler never reads servers that are as they should be.
create index server_gap on server (id)
    where terminated_at is null
      and (desired = 'deleted' or host_id is null or fault_message is not null or reboots_done < reboots
           or (desired = 'active') <> (observed = 'running'));
call protect_table('server');

-- Key pairs belong to a user, whatever project he works in, so the reach is the user's: the store sets unkai.user.
create table keypair (
    number      bigint generated always as identity unique,
    user_id     text not null,
    name        text not null,
    type        text not null check (type in ('ssh', 'x509')),
    fingerprint text not null,
    public_key  text not null,
    created_at  timestamptz not null default now(),
    primary key (user_id, name)
);
alter table keypair enable row level security;
alter table keypair force row level security;
create policy of_user on keypair to "${api}"
    using (user_id = nullif(current_setting('unkai.user', true), '')
           or current_setting('unkai.reach', true) = 'provider');
create policy of_system on keypair to "${system}" using (true) with check (true);

-- One row for every project that ever created something: locking it makes two creates at once count each other.
create table compute_project (
    project_id text primary key
);
call protect_table('compute_project');

-- Limits that differ from the defaults, -1: none. The provider's to change, the project's to read.
create table compute_quota (
    project_id text not null,
    resource   text not null,
    hard_limit integer not null check (hard_limit >= -1),
    primary key (project_id, resource)
);
alter table compute_quota enable row level security;
alter table compute_quota force row level security;
create policy of_project on compute_quota for select to "${api}"
    using (project_id = nullif(current_setting('unkai.project', true), ''));
create policy of_provider on compute_quota to "${api}" using (current_setting('unkai.reach', true) = 'provider');
create policy of_system on compute_quota to "${system}" using (true) with check (true);

-- What was asked of a server and how it went, in the words of the Compute API.
create table instance_action (
    id         bigint generated always as identity primary key,
    server_id  uuid not null references server on delete cascade,
    project_id text not null,
    user_id    text,
    request_id text not null,
    action     text not null,
    message    text,
    started_at timestamptz not null,
    updated_at timestamptz not null
);
create index instance_action_of_server on instance_action (server_id, id desc);
call protect_table('instance_action');

create table instance_action_event (
    id          bigint generated always as identity primary key,
    action_id   bigint not null references instance_action on delete cascade,
    server_id   uuid not null references server on delete cascade,
    project_id  text not null,
    event       text not null,
    host_name   text,
    started_at  timestamptz not null,
    finished_at timestamptz,
    -- Success or Error; null while it goes on.
    result      text check (result in ('Success', 'Error')),
    details     text
);
create index instance_action_event_of_action on instance_action_event (action_id, id);
create index instance_action_event_open on instance_action_event (server_id) where finished_at is null;
call protect_table('instance_action_event');
