-- How far the server reconciler has got with each server.

alter table server
    -- The newest generation that it has acted upon; a newer one is work to do at once.
    add column considered_generation bigint not null default 0,
    -- When to look again without being asked: a retry, a grace period's end, a deadline. Null: no need to.
    add column due_at timestamptz,
    -- Until then the present goal is to be reached; past it the operator is alarmed, once.
    add column deadline_at timestamptz;
create index server_to_consider on server (id)
    where terminated_at is null and generation > considered_generation;
create index server_due on server (due_at) where terminated_at is null and due_at is not null;
