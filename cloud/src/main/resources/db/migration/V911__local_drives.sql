-- Disks beside a server's own: the flavor's ephemeral disk and its swap, or what was asked for within them (block_device_mapping_v2), as JSON of
-- LocalDrives. Null: as the flavor says, and nothing has a tag.
alter table server add column local_drives jsonb;

-- A rebuild may keep the ephemeral disks (preserve_ephemeral), so they have editions of their own, from the same count.
alter table server_disk
    add column local_edition bigint not null default 0,
    add column local_copy_of bigint,
    add column local_kept bigint;
