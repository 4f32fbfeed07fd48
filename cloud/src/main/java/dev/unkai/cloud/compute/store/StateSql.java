package dev.unkai.cloud.compute.store;

/** {@code StateDerivation} in SQL over the row {@code s}, so that pages can be cut by state; a test holds both together. */
final class StateSql {
    /** The goal settled in, or asked for as long as none was reached. */
    private static final String KNOWN = "coalesce(s.settled, s.desired)";

    private static final String REBOOTING = "s.desired = 'active' and s.reboots_done < s.reboots";

    /** The explicit task; a deletion hides it. */
    private static final String WORK = "(case when s.desired <> 'deleted' then s.work end)";

    private static final String RESIZING = "(coalesce(" + WORK
            + ", case when s.desired = 'resized' then 'resize_prep' end)"
            + " in ('resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish'))";
    private static final String REBUILDING =
            "(" + WORK + " in ('rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning'))";

    static final String VM_STATE = """
            (case when s.terminated_at is not null then 'deleted'
                  when s.settled = 'soft_deleted' then 'soft-delete'
                  when s.fault_message is not null then 'error'
                  when s.launched_at is null then 'building'
                  when s.settled in ('paused', 'suspended', 'rescued', 'resized', 'shelved', 'shelved_offloaded')
                       then s.settled
                  when %s then 'active'
                  when s.observed in ('running', 'paused', 'suspended') then 'active'
                  when s.observed = 'unknown' and %s <> 'stopped' then 'active'
                  else 'stopped' end)""".formatted(REBOOTING, KNOWN);

    static final String STATUS = """
            (case %s
                  when 'deleted' then 'DELETED'
                  when 'soft-delete' then 'SOFT_DELETED'
                  when 'error' then case when %s then 'REBUILD' else 'ERROR' end
                  when 'building' then 'BUILD'
                  when 'paused' then case when %s = 'migrating' then 'MIGRATING' else 'PAUSED' end
                  when 'suspended' then 'SUSPENDED'
                  when 'rescued' then 'RESCUE'
                  when 'resized' then case when %s = 'resize_reverting' then 'REVERT_RESIZE' else 'VERIFY_RESIZE' end
                  when 'shelved' then 'SHELVED'
                  when 'shelved_offloaded' then 'SHELVED_OFFLOADED'
                  when 'active' then
                       case when %s then 'RESIZE'
                            when %s then 'REBUILD'
                            when %s = 'migrating' then 'MIGRATING'
                            when %s = 'updating_password' then 'PASSWORD'
                            when %s = 'rebooting' or s.work is null and %s and s.reboot_kind = 'soft' then 'REBOOT'
                            when %s = 'rebooting_hard' or s.work is null and %s and s.reboot_kind = 'hard' then 'HARD_REBOOT'
                            else 'ACTIVE' end
                  else case when %s then 'RESIZE' when %s then 'REBUILD' else 'SHUTOFF' end end)""".formatted(
                    VM_STATE,
                    REBUILDING,
                    WORK,
                    WORK,
                    RESIZING,
                    REBUILDING,
                    WORK,
                    WORK,
                    WORK,
                    REBOOTING,
                    WORK,
                    REBOOTING,
                    RESIZING,
                    REBUILDING);

    private StateSql() {}
}
