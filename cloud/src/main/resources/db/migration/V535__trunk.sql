-- Several networks through one interface: a parent port, and subports whose packets carry a VLAN tag inside the guest only.
create table trunk (
    id             uuid primary key,
    project_id     text        not null,
    name           text        not null default '',
    description    text        not null default '',
    admin_state_up boolean     not null default true,
    port_id        uuid        not null unique references port on delete cascade,
    tags           text[]      not null default '{}',
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    revision       bigint      not null default 1
);
create index trunk_project on trunk (project_id, created_at);
call protect_table('trunk');

create table trunk_subport (
    port_id    uuid primary key references port on delete cascade,
    trunk_id   uuid    not null references trunk on delete cascade,
    project_id text    not null,
    vlan       integer not null check (vlan between 1 and 4094),
    unique (trunk_id, vlan)
);
call protect_table('trunk_subport');
