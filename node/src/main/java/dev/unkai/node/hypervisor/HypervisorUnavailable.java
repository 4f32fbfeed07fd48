package dev.unkai.node.hypervisor;

/** The hypervisor does not answer; its guests may well run on. */
public final class HypervisorUnavailable extends HypervisorException {
    public HypervisorUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public HypervisorUnavailable(String message) {
        super(message);
    }
}
