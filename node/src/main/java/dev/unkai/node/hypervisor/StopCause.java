package dev.unkai.node.hypervisor;

/** Why a guest's domain went away. */
public enum StopCause {
    /** The guest's operating system switched the machine off. */
    GUEST,
    /** Somebody had it ended: this node, or an operator by hand. */
    DESTROYED,
    /** Its process died. */
    CRASHED
}
