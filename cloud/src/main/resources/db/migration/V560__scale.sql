-- Many servers: what is read often must not depend on how many there are.

-- Pages over all projects, newest server and oldest port first, without reading and sorting them all.
create index server_newest on server (created_at desc, id desc) where terminated_at is null;
create index port_oldest on port (created_at, id);
create index port_oldest_of_project on port (project_id, created_at, id);
drop index port_project;

-- A host's row changes with each heartbeat and each claim, none of it indexed: room in its page saves new index entries.
alter table host set (fillfactor = 40);
-- The same for the columns that reconcilers write; the outbox is a queue that empties all the time.
alter table guest set (fillfactor = 80);
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Guests of silent hosts are looked for every few seconds; hosts are few beside guests.
create index host_not_up on host (id) where state <> 'up';
