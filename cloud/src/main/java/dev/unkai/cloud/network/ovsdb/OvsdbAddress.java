package dev.unkai.cloud.network.ovsdb;

import java.nio.file.Path;

/** Where an OVSDB server listens, written as Open vSwitch writes it: {@code unix:PATH} or {@code ssl:HOST:PORT}. */
public sealed interface OvsdbAddress {
    record Unix(Path socket) implements OvsdbAddress {
        @Override
        public String toString() {
            return "unix:" + socket;
        }
    }

    record Tls(String host, int port) implements OvsdbAddress {
        @Override
        public String toString() {
            return "ssl:" + host + ":" + port;
        }
    }

    static OvsdbAddress parse(String text) {
        if (text.startsWith("unix:") && text.length() > 5) {
            return new Unix(Path.of(text.substring(5)));
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("ssl:") && colon > 4) {
            try {
                String host = text.substring(4, colon);
                boolean bracketed = host.startsWith("[") && host.endsWith("]");
                return new Tls(
                        bracketed ? host.substring(1, host.length() - 1) : host,
                        Integer.parseInt(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("The port of the OVSDB address '" + text + "' is not a number", e);
            }
        }
        throw new IllegalArgumentException("The OVSDB address '" + text
                + "' is neither unix:PATH nor ssl:HOST:PORT; correct unkai.ovn.northbound");
    }
}
