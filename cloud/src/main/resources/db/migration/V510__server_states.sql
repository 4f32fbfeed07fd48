-- Servers can be more than on and off: paused, suspended, rescued, resized, shelved, deleted but restorable.

alter table server drop constraint server_desired_check;
alter table server drop constraint server_observed_check;
alter table server
    add constraint server_desired_check check (desired in ('active', 'stopped', 'paused', 'suspended', 'rescued',
        'resized', 'shelved', 'shelved_offloaded', 'soft_deleted', 'deleted')),
    add constraint server_observed_check check (observed in ('none', 'running', 'paused', 'suspended', 'stopped',
        'crashed', 'unknown')),
    -- The desired state that was reached last: what the server stably is while it is on its way to another.
    -- Null: none yet, or from before this column; then what was seen tells.
    add column settled text,
    -- A task under way that the desired state alone does not tell (a step of a resize, a rebuild, a snapshot), by its name
    -- in the Compute API. Null: none.
    add column work text;
