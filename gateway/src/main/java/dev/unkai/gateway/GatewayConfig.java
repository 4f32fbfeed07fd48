package dev.unkai.gateway;

import dev.unkai.base.tls.PemFiles;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What the operator told the gateway, read from its properties file.
 *
 * @param tls by which identity knows the gateway
 * @param radiusPort UDP port of the loopback interface at which the VPN server asks
 * @param radiusSecret what the VPN server and the gateway share (RFC 2865 section 3)
 * @param seen the file in which the control loop shows the server's tunnels
 * @param unwanted the file in which the gateway names those that must go
 */
public record GatewayConfig(URI identity, PemFiles tls, int radiusPort, byte[] radiusSecret, Path seen, Path unwanted) {
    /** Reads {@code file}; throws IllegalArgumentException with a sentence that names the key to mend. */
    static GatewayConfig read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return of(properties);
    }

    static GatewayConfig of(Properties properties) {
        String port = required(properties, "radius.port");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("radius.port must be a port between 1 and 65535, not \"" + port + "\"");
        }
        String secret = required(properties, "radius.secret");
        if (secret.length() < 16) {
            throw new IllegalArgumentException("radius.secret must have 16 characters or more (RFC 2865 section 3)");
        }
        return new GatewayConfig(
                URI.create(required(properties, "identity.url")),
                new PemFiles(
                        Path.of(required(properties, "tls.certificate")),
                        Path.of(required(properties, "tls.key")),
                        Path.of(required(properties, "tls.authority"))),
                Integer.parseInt(port),
                secret.getBytes(StandardCharsets.UTF_8),
                Path.of(required(properties, "tunnels.seen")),
                Path.of(required(properties, "tunnels.unwanted")));
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The setting " + key + " is missing");
        }
        return value;
    }

    @Override
    public String toString() {
        return "GatewayConfig of " + identity; // never the secret
    }
}
