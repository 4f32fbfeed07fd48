package dev.unkai.cloud.image.download;

import dev.unkai.base.Refusal;
import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where image data may be fetched from. What a customer names is fetched from inside the provider's network, so that only addresses of the open
 * Internet are reached (IANA's special-purpose registries, RFC 6890): never a host of the site, its neighbours or the machine itself.
 *
 * @param offered whether the site fetches at all
 * @param ports TCP
 * @param opened special-purpose ranges that the operator lets be reached, such as a mirror's
 * @param closed ranges of the open Internet that are not, such as the site's own
 * @param longest how long one fetch may take
 */
@Component
public record DownloadRules(
        boolean offered, Set<Integer> ports, List<AddressPrefix> opened, List<AddressPrefix> closed, Duration longest) {
    private static final List<AddressPrefix> SPECIAL = prefixes("0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,"
            + "169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24,192.88.99.0/24,192.168.0.0/16,198.18.0.0/15,"
            + "198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4,"
            + "2001::/23,2001:db8::/32,2002::/16,3fff::/20");
    /** All of IPv6 that is given out for the open Internet. */
    private static final List<AddressPrefix> GLOBAL_V6 = prefixes("2000::/3");

    private static final int LONGEST_ADDRESS = 2_048;

    public DownloadRules {
        ports = Set.copyOf(ports);
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
    }

    /** Each below {@code unkai.image.web-download}; lists are separated by commas. */
    @Autowired
    DownloadRules(
            @Value("${unkai.image.web-download.offered:true}") boolean offered,
            @Value("${unkai.image.web-download.ports:80,443}") String ports,
            @Value("${unkai.image.web-download.opened:}") String opened,
            @Value("${unkai.image.web-download.closed:}") String closed,
            @Value("${unkai.image.web-download.longest:1h}") Duration longest) {
        this(
                offered,
                words(ports).map(Integer::valueOf).collect(Collectors.toSet()),
                prefixes(opened),
                prefixes(closed),
                longest);
    }

    /**
     * The address, if it may be asked as far as its text tells; what its name stands for is looked at when it is fetched.
     *
     * @throws Refusal invalid
     */
    public URI checked(String text) {
        try {
            URI uri = new URI(text.length() > LONGEST_ADDRESS ? "" : text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web
                    && host != null
                    && uri.getRawUserInfo() == null
                    && ports.contains(port(uri))
                    && literalIsOpen(host)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Refusal.invalid("URI for web-download does not pass filtering: "
                + (text.length() > 200 ? text.substring(0, 200) + "…" : text));
    }

    static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /**
     * One address of the host, which the caller connects to without asking for the name again: it could mean another one then.
     *
     * @throws Refusal invalid, when there is none, or when any of them may not be reached
     */
    InetAddress resolved(String host) {
        String bare = bare(host);
        try {
            InetAddress[] all = InetAddress.getAllByName(bare);
            if (Arrays.stream(all).allMatch(this::isOpen)) {
                return all[0];
            }
            throw Refusal.invalid("The address of " + bare
                    + " is not one of the open Internet, or the provider does not" + " let it be reached.");
        } catch (UnknownHostException e) {
            throw Refusal.invalid("There is no host " + bare + " in the DNS.");
        }
    }

    boolean isOpen(InetAddress address) {
        // Without the scope that a link-local address may carry.
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return IpAddress.parse(text).map(this::isOpen).orElse(false);
    }

    private boolean isOpen(IpAddress address) {
        if (holds(opened, address)) {
            return true;
        }
        boolean global = address.isV4() || holds(GLOBAL_V6, address);
        return global && !holds(SPECIAL, address) && !holds(closed, address);
    }

    private boolean literalIsOpen(String host) {
        return IpAddress.parse(bare(host)).map(this::isOpen).orElse(true);
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean holds(List<AddressPrefix> prefixes, IpAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    private static List<AddressPrefix> prefixes(String text) {
        return words(text)
                .map(word -> AddressPrefix.parse(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "\"" + word + "\" below unkai.image.web-download is no range of addresses.")))
                .toList();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }
}
