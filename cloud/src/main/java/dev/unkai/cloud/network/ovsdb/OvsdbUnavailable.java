package dev.unkai.cloud.network.ovsdb;

/** The OVSDB server cannot be reached or does not answer; the same call may succeed later. */
public final class OvsdbUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OvsdbUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public OvsdbUnavailable(String message) {
        super(message);
    }
}
