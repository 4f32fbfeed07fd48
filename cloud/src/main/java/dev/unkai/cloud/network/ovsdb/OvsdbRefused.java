package dev.unkai.cloud.network.ovsdb;

/** The OVSDB server answered that it will not do this; the same call would be refused again. */
public final class OvsdbRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OvsdbRefused(String message) {
        super(message);
    }
}
