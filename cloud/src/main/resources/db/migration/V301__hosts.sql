-- The hosts, what they are to run, what they were last seen to run, and the sessions on guests' consoles.

create table host (
    id uuid primary key,
    name text not null unique,
    zone text not null,
    state text not null check (state in ('up', 'unknown')),
    maintenance boolean not null default false,
    maintenance_reason text,
    -- The customer whose contract owns the host; null: everybody's.
    project_id text,
    facts jsonb not null,
    vcpus integer not null check (vcpus >= 0),
    memory_mib bigint not null check (memory_mib >= 0),
    disk_gib bigint not null check (disk_gib >= 0),
    uefi boolean not null,
    -- Kept with the claims in the same transaction: summing claims at each placement would not scale.
    used_vcpus integer not null default 0 check (used_vcpus >= 0),
    used_memory_mib bigint not null default 0 check (used_memory_mib >= 0),
    used_disk_gib bigint not null default 0 check (used_disk_gib >= 0),
    guests integer not null default 0 check (guests >= 0),
    free_disk_gib bigint,
    free_memory_mib bigint,
    -- Raised with every change of what the host is to run; the node knows its plan by this number.
    plan_generation bigint not null default 1,
    known_generation bigint not null default 0,
    -- Raised at every attachment: reports that come late over an older connection are not believed.
    attachment bigint not null default 0,
    last_seen timestamptz not null default now(),
    created_at timestamptz not null default now()
);
create index host_by_zone on host (zone);
revoke insert, update, delete on host from "${api}";
alter table host enable row level security;
create policy of_system on host to "${system}" using (true) with check (true);
-- Customers do not see the provider's hosts, save those dedicated to them.
create policy of_request on host for select to "${api}" using (
    current_setting('unkai.reach', true) = 'provider'
    or project_id = nullif(current_setting('unkai.project', true), ''));

-- Zone names are no secret: every customer chooses among them.
create function host_zones() returns table (zone text, available boolean)
    language sql stable security definer set search_path = public as $$
    select zone, bool_or(state = 'up' and not maintenance) from host group by zone order by zone
$$;

create table claim (
    server_id uuid not null,
    host_id uuid not null references host (id),
    vcpus integer not null check (vcpus >= 0),
    memory_mib bigint not null check (memory_mib >= 0),
    disk_gib bigint not null check (disk_gib >= 0),
    created_at timestamptz not null default now(),
    primary key (server_id, host_id)
);
create index claim_by_host on claim (host_id);
revoke all on claim from "${api}";

create table guest (
    server_id uuid primary key,
    host_id uuid not null references host (id),
    project_id text not null,
    -- dev.unkai.wire.node.Guest
    spec bytea not null,
    image_id uuid,
    generation bigint not null,
    removing boolean not null default false,
    -- The plan that first told the node of the present generation, or of the removal.
    plan_generation bigint not null,
    observed_state text,
    observed_generation bigint not null default 0,
    fault text not null default '',
    stopped_by_guest boolean not null default false,
    since timestamptz,
    created_at timestamptz not null default now()
);
create index guest_by_host on guest (host_id);
revoke insert, update, delete on guest from "${api}";
call protect_table('guest');

create table console_session (
    id uuid primary key,
    server_id uuid not null,
    host_id uuid not null references host (id),
    project_id text not null,
    kind text not null check (kind in ('VNC', 'SERIAL', 'LOG')),
    log_lines integer not null default 0,
    -- SHA-256 of the one-time token; null for a log, which has none.
    token_hash bytea unique,
    user_id text not null,
    user_name text not null,
    request_id text not null,
    created_at timestamptz not null default now(),
    -- Until then the token may be used; once opened: until then the session is in the host's plan unless prolonged.
    expires_at timestamptz not null,
    opened_at timestamptz
);
create index console_session_by_host on console_session (host_id) where opened_at is not null;
create index console_session_by_expiry on console_session (expires_at);
call protect_table('console_session');
