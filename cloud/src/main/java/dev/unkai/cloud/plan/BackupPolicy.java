package dev.unkai.cloud.plan;

/** Where the service keeps backups of the contract's servers. */
public enum BackupPolicy {
    /** Nowhere: the customer exports its data itself. */
    NONE,
    SAME_HOST,
    OTHER_HOST,
    OTHER_SITE
}
