package dev.unkai.identity.factor;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The site as authenticators know it (Web Authentication, RP ID and origin): passkeys are made for it and answer to it alone.
 *
 * @param id the host name
 * @param origin scheme, host and port of the console's pages
 */
public record RelyingParty(String id, String origin) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");
    private static final int HTTPS = 443;

    /**
     * From the site's configured address. Empty where that is an IP address, which browsers make no passkeys for; a site on
     * the machine's own loopback address is known as {@code localhost}, which its certificate names as well.
     */
    static Optional<RelyingParty> of(URI publicUrl) {
        String host = publicUrl.getHost().toLowerCase(Locale.ROOT);
        String name = host.equals("127.0.0.1") || host.equals("[::1]") ? "localhost" : host;
        if (ADDRESS.matcher(name).matches()) {
            return Optional.empty();
        }
        int port = publicUrl.getPort();
        boolean usual = port == -1 || port == HTTPS;
        return Optional.of(new RelyingParty(name, publicUrl.getScheme() + "://" + name + (usual ? "" : ":" + port)));
    }
}
