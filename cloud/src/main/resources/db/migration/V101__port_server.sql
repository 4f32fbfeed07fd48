-- Which server a port is plugged into, written by the compute module only. device_id is what a customer may write, so nothing that
-- decides about a guest's interfaces may trust it: anybody could name another customer's server there.
alter table port add column server_id uuid;
update port set server_id = device_id::uuid where device_owner = 'compute:nova' and device_id ~ '^[0-9a-f-]{36}$';
create index port_server on port (server_id) where server_id is not null;
