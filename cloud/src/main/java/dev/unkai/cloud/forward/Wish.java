package dev.unkai.cloud.forward;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.forward.Way.Syslog;
import dev.unkai.cloud.forward.Way.Webhook;
import dev.unkai.cloud.forward.send.SendingSettings;
import dev.unkai.cloud.forward.send.TlsMaterial;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a destination to be, bounded and looked at as far as its text tells.
 *
 * @param clientKey of the client certificate, as PEM; null: as it was, or none
 * @param fromBeginning whether the history goes out from its beginning, or what is new from now on
 */
public record Wish(String name, Way way, @Nullable String clientKey, boolean fromBeginning) {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_ADDRESS = 2_000;
    /** Some certificates and what people write between them. */
    private static final int LONGEST_PEM = 32 << 10;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?");

    @Override
    public String toString() {
        return "Wish[" + name + "]"; // the key is in no log
    }

    /** What was typed, each as the API has it. */
    public record Typed(
            @Nullable String name,
            @Nullable String kind,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String serverName,
            @Nullable String address,
            @Nullable String authority,
            @Nullable String clientCertificate,
            @Nullable String clientKey,
            @Nullable String from) {
        @Override
        public String toString() {
            return "Typed"; // the key is in no log
        }
    }

    /** Throws Refusal invalid about the first thing that cannot be. */
    static Wish of(Typed typed, boolean ofProvider, SendingSettings settings) {
        String name = text("name", typed.name(), LONGEST_NAME);
        boolean beginning = switch (typed.from() == null ? "now" : typed.from()) {
            case "now" -> false;
            case "beginning" -> true;
            default -> throw Refusal.invalid("\"from\" is \"now\" or \"beginning\".");
        };
        Way way = switch (typed.kind() == null ? "" : typed.kind()) {
            case "syslog" -> syslog(typed);
            case "webhook" -> webhook(typed);
            default -> throw Refusal.invalid("\"kind\" is \"syslog\" or \"webhook\".");
        };
        if (!settings.mayBeOpen(way.host(), way.port(), ofProvider)) {
            throw Refusal.invalid(
                    "Events are sent to addresses of the open Internet only, to port 443 or one from 1024 on. Choose another address, or ask the provider to open this one.");
        }
        return new Wish(name, way, pem("clientKey", typed.clientKey()), beginning);
    }

    private static Way syslog(Typed typed) {
        String host = host("host", typed.host());
        Integer port = typed.port();
        if (port == null || port < 1 || port > 65_535) {
            throw Refusal.invalid("\"port\" is a number from 1 to 65535; syslog over TLS has 6514.");
        }
        if (typed.address() != null) {
            throw Refusal.invalid("\"address\" is for webhooks.");
        }
        String serverName = typed.serverName() == null || typed.serverName().isBlank()
                ? host
                : host("serverName", typed.serverName());
        return new Syslog(
                host,
                port,
                serverName,
                pem("authority", typed.authority()),
                pem("clientCertificate", typed.clientCertificate()));
    }

    private static Way webhook(Typed typed) {
        String address = text("address", typed.address(), LONGEST_ADDRESS);
        if (typed.host() != null || typed.port() != null || typed.serverName() != null) {
            throw Refusal.invalid("\"host\", \"port\" and \"serverName\" are for syslog.");
        }
        if (typed.clientCertificate() != null || typed.clientKey() != null) {
            throw Refusal.invalid("A client certificate is for syslog. Webhooks are known by their signature.");
        }
        try {
            URI uri = new URI(address);
            boolean sound = "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && address.chars().allMatch(sign -> sign > ' ' && sign < 0x7f);
            if (sound) {
                return new Webhook(uri, pem("authority", typed.authority()));
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Refusal.invalid("\"address\" is one that begins with https:// and holds no user and no fragment.");
    }

    /**
     * Throws Refusal invalid when the certificates, or the key, cannot be used.
     *
     * @param key in place of what is not given here
     */
    void mustBeUsable(@Nullable String key) {
        String certificate = way instanceof Syslog syslog ? syslog.clientCertificate() : null;
        if (certificate == null && clientKey != null) {
            throw Refusal.invalid("\"clientKey\" needs its certificate in \"clientCertificate\".");
        }
        new TlsMaterial(way.authority(), certificate, clientKey == null ? key : clientKey).context();
    }

    private static String host(String field, @Nullable String value) {
        String host = text(field, value, LONGEST_HOST);
        if (!HOST.matcher(host).matches()) {
            throw Refusal.invalid("\"" + field + "\" is the name of a host, such as logs.example.jp, or an address.");
        }
        return host;
    }

    private static @Nullable String pem(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST_PEM || value.indexOf('\0') >= 0) {
            throw Refusal.invalid("\"" + field + "\" is longer than any certificate.");
        }
        return value.strip() + "\n";
    }

    private static String text(String field, @Nullable String value, int longest) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("\"" + field + "\" has to be one line of 1 to " + longest + " characters.");
        }
        return text;
    }
}
