package dev.unkai.node.migration;

/** What one connection between the nodes of a migration is for; the name goes over the wire. */
public enum Channel {
    /** The source has the guest and begins (again): whatever an earlier try left at the target is to go. */
    BEGIN,
    /** Is the guest whole at the target? Asked by a source that does not know how its last try ended. */
    STATUS,
    /** The source does not run the guest any more: it is the target's. */
    HANDOVER,
    /** A stopped guest's disk: its size, then its bytes. */
    DISK,
    /** The same of a disk beside its own: its name, its size, its bytes. */
    LOCAL_DISK,
    /** The source's libvirt talks to the target's. */
    CONTROL,
    /** The source's QEMU sends memory to the target's. */
    MEMORY,
    /** The source's QEMU writes the target's disk (NBD). */
    BLOCKS
}
