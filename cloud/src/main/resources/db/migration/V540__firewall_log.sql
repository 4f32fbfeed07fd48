-- What security groups let through and dropped, as far as a project asked for it: the requests (firewall_log, the Network API's logging
-- extension), the packets seen (firewall_entry), and how far each host's log was read (firewall_position).

create table firewall_log (
    id                uuid primary key,
    project_id        text        not null,
    name              text        not null default '',
    description       text        not null default '',
    enabled           boolean     not null default true,
    event             text        not null check (event in ('ACCEPT', 'DROP', 'ALL')),
    -- Null: all groups of the project; all their ports.
    security_group_id uuid references security_group on delete cascade,
    port_id           uuid references port on delete cascade,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    revision          bigint      not null default 1
);
create index firewall_log_project on firewall_log (project_id, created_at);
create index firewall_log_group on firewall_log (security_group_id);
create index firewall_log_port on firewall_log (port_id);
call protect_table('firewall_log');

-- Entries outlive the request that they were noted for, and the port, until their time is over. Only hosts' reports make them.
create table firewall_entry (
    id               bigint generated always as identity primary key,
    project_id       text        not null,
    log_id           uuid        not null,
    host_id          uuid        not null,
    at               timestamptz not null,
    direction        text        not null check (direction in ('ingress', 'egress')),
    verdict          text        not null check (verdict in ('ACCEPT', 'DROP')),
    protocol         text        not null,
    source           inet        not null,
    destination      inet        not null,
    source_port      integer,
    destination_port integer,
    icmp_type        integer,
    icmp_code        integer,
    port_id          uuid        not null,
    server_id        uuid
);
create index firewall_entry_page on firewall_entry (project_id, id);
create index firewall_entry_server on firewall_entry (server_id, id) where server_id is not null;
create index firewall_entry_at on firewall_entry (at);
call protect_table('firewall_entry');
revoke insert, update, delete on firewall_entry from "${api}";

-- The bytes of a host's log that are stored above, moved in the same transaction: so no line is lost or stored twice, whoever dies when.
create table firewall_position (
    host_id    uuid        not null,
    source     text        not null,
    position   bigint      not null,
    updated_at timestamptz not null default now(),
    primary key (host_id, source)
);
revoke all on firewall_position from "${api}";
