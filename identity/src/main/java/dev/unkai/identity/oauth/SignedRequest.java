package dev.unkai.identity.oauth;

import dev.unkai.base.Refusal;
import dev.unkai.identity.IdentitySettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request with an OAuth 1.0a header (RFC 5849, 3.5.1).
 *
 * @param addresses where the client may have seen us: which of them it signed stands in its signature only
 * @param said the protocol parameters, decoded
 * @param beside the other parameters of the address, decoded
 */
public record SignedRequest(String method, Set<String> addresses, Map<String, String> said, List<Parameter> beside) {
    private static final int LONGEST = 4_096;
    private static final Pattern PAIR = Pattern.compile("([A-Za-z0-9_]{1,64})=\"([^\"]{0,1024})\"");

    public SignedRequest {
        addresses = Set.copyOf(addresses);
        said = Map.copyOf(said);
        beside = List.copyOf(beside);
    }

    /** One parameter, decoded. */
    public record Parameter(String name, String value) {}

    /** Throws a refusal when there is no such header, or none that can be read. */
    public static SignedRequest of(HttpServletRequest request, IdentitySettings settings) {
        String header = request.getHeader("Authorization");
        if (header == null || header.length() > LONGEST || !header.regionMatches(true, 0, "OAuth ", 0, 6)) {
            throw Refusal.invalid("No Authorization headers found, cannot proceed with OAuth related calls: sign the"
                    + " request by OAuth 1.0a.");
        }
        Map<String, String> said = new HashMap<>();
        for (String part : header.substring(6).split(",")) {
            Matcher pair = PAIR.matcher(part.strip());
            if (!pair.matches()) {
                throw unreadable();
            }
            if (!pair.group(1).equals("realm") && said.put(pair.group(1), decoded(pair.group(2), false)) != null) {
                throw unreadable();
            }
        }
        return new SignedRequest(request.getMethod(), addresses(request, settings), said, beside(request));
    }

    /** What must be said, in the words of the reference when it is not. */
    public String needs(String name) {
        String value = said.get(name);
        if (value == null || value.isEmpty()) {
            throw expected(name);
        }
        return value;
    }

    static Refusal expected(String name) {
        return Refusal.invalid("Expecting to find " + name + " in request. The server could not comply with the request"
                + " since it is either malformed or otherwise incorrect. The client is assumed to be in error.");
    }

    private static Set<String> addresses(HttpServletRequest request, IdentitySettings settings) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(
                base(settings.publicUrl().getScheme(), settings.publicUrl().getAuthority(), request));
        // A client may know us by another name than the catalog has; the edge passes on which.
        for (String name : List.of("X-Forwarded-Host", "Host")) {
            String host = request.getHeader(name);
            if (host != null && !host.isBlank()) {
                addresses.add(base(settings.publicUrl().getScheme(), host, request));
            }
        }
        return addresses;
    }

    /** RFC 5849, 3.4.1.2. */
    private static String base(String scheme, String authority, HttpServletRequest request) {
        String host = authority.strip().toLowerCase(java.util.Locale.ROOT);
        String usual = scheme.equals("https") ? ":443" : ":80";
        return scheme + "://" + (host.endsWith(usual) ? host.substring(0, host.length() - usual.length()) : host)
                + request.getRequestURI();
    }

    private static List<Parameter> beside(HttpServletRequest request) {
        List<Parameter> beside = new ArrayList<>();
        String query = request.getQueryString();
        if (query != null) {
            for (String part : query.split("&")) {
                int equal = part.indexOf('=');
                beside.add(
                        equal < 0
                                ? new Parameter(decoded(part, true), "")
                                : new Parameter(
                                        decoded(part.substring(0, equal), true),
                                        decoded(part.substring(equal + 1), true)));
            }
        }
        return beside;
    }

    private static String decoded(String text, boolean form) {
        try {
            return URLDecoder.decode(form ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static Refusal unreadable() {
        return Refusal.invalid("The header Authorization is not readable as OAuth 1.0a (RFC 5849, 3.5.1).");
    }

    /** The number of seconds that the client says it is; null when it says none. */
    @Nullable
    Long stamp() {
        String stamp = said.get("oauth_timestamp");
        return stamp != null && stamp.matches("\\d{1,12}") ? Long.valueOf(stamp) : null;
    }

    /** Its signature is a proof. */
    @Override
    public String toString() {
        return "request signed by consumer " + said.get("oauth_consumer_key");
    }
}
