-- Servers that must not be deleted, and servers that were deleted but can be restored for a while.

alter table server
    -- The customer's guard against a slip: deletion is refused until it is off.
    add column delete_protected boolean not null default false,
    -- When a restorably deleted server is deleted for good; null: it is not deleted that way.
    add column reclaim_at timestamptz;
create index server_to_reclaim on server (reclaim_at) where terminated_at is null and reclaim_at is not null;
