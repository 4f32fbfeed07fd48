-- What a project uses is counted at each create, under the project's lock: from these indexes alone, not from its rows, which
-- are a kilobyte each.
create index server_usage on server (project_id) include (id, vcpus, ram_mb, settled, desired) where terminated_at is null;
create index port_usage on port (project_id, network_id);
