package dev.unkai.cloud.forward;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How events come to a destination. */
public sealed interface Way {
    /** Its certificate must be of this name. */
    String serverName();

    /** A name or an address, which is connected to. */
    String host();

    int port();

    /** The authority that its certificate comes from, as PEM; null: one that the public trusts. */
    @Nullable
    String authority();

    /**
     * Syslog over TLS (RFC 5425).
     *
     * @param clientCertificate what we show, as PEM; null: nothing. Its key is kept apart.
     */
    record Syslog(
            String host,
            int port,
            String serverName,
            @Nullable String authority,
            @Nullable String clientCertificate) implements Way {}

    /** HTTPS requests to an address. */
    record Webhook(URI address, @Nullable String authority) implements Way {
        private static final int HTTPS = 443;

        @Override
        public String host() {
            return address.getHost();
        }

        @Override
        public String serverName() {
            String host = address.getHost();
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }

        @Override
        public int port() {
            return address.getPort() < 0 ? HTTPS : address.getPort();
        }
    }
}
