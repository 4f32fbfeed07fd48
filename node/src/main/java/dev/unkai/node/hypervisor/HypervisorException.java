package dev.unkai.node.hypervisor;

/** The hypervisor refused; the message is its own. */
public class HypervisorException extends RuntimeException {
    public HypervisorException(String message, Throwable cause) {
        super(message, cause);
    }

    public HypervisorException(String message) {
        super(message);
    }
}
