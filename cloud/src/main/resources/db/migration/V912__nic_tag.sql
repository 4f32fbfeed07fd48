-- By which its guest is told which network card is which (device tagging). It goes with the attachment, not with the port.
create table nic_tag (
    server_id uuid not null references server on delete cascade,
    port_id uuid not null,
    project_id text not null,
    tag text not null check (octet_length(tag) <= 240),
    primary key (server_id, port_id)
);
call protect_table('nic_tag');
