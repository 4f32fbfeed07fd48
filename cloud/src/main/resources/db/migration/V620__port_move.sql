-- Ports of a guest that is being brought to another host while it runs: both hosts have its interface then, and the network has to
-- know of both before the guest wakes up at the new one. A row lasts as long as the move.
create table port_move (
    port_id        uuid primary key references port on delete cascade,
    project_id     text not null,
    target_host_id uuid not null
);
call protect_table('port_move');
