package dev.unkai.node.guest;

/** Why a guest cannot be brought to its plan; the message is a sentence for people. The node goes on trying. */
public final class GuestFault extends RuntimeException {
    public GuestFault(String message, Throwable cause) {
        super(message, cause);
    }

    public GuestFault(String message) {
        super(message);
    }
}
