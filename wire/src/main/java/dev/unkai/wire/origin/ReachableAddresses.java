package dev.unkai.wire.origin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be reached for a customer from inside the provider's network: those of the open Internet only (IANA's special-purpose registries,
 * RFC 6890, left out), never a host of the site, its neighbours or the machine itself.
 *
 * @param opened special-purpose ranges that the operator lets be reached, such as a mirror's
 * @param closed ranges of the open Internet that are not, such as the site's own
 */
public record ReachableAddresses(List<AddressPrefix> opened, List<AddressPrefix> closed) {
    private static final List<AddressPrefix> SPECIAL = List.of(
                    "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,192.0.2.0/24",
                    "192.88.99.0/24,192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,203.0.113.0/24,224.0.0.0/4,240.0.0.0/4",
                    "2001::/23,2001:db8::/32,2002::/16,3fff::/20")
            .stream()
            .flatMap(text -> prefixes(text, "RFC 6890").stream())
            .toList();
    /** All of IPv6 that is given out for the open Internet. */
    private static final List<AddressPrefix> GLOBAL_V6 = prefixes("2000::/3", "RFC 6890");

    public ReachableAddresses {
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
    }

    /** The address of a host is one that may not be reached. */
    public static final class Closed extends IOException {
        private static final long serialVersionUID = 1;

        Closed(String host) {
            super("The address of " + host
                    + " is not one of the open Internet, or the provider does not let it be reached.");
        }
    }

    /**
     * One address of the host, which the caller connects to without asking for the name again: it could mean another one then. Throws Closed when any of
     * its addresses may not be reached.
     *
     * @param host a name or an address, which may stand in brackets
     */
    public InetAddress resolved(String host) throws Closed, UnknownHostException {
        String bare = bare(host);
        InetAddress[] all = InetAddress.getAllByName(bare);
        if (!Arrays.stream(all).allMatch(this::isOpen)) {
            throw new Closed(bare);
        }
        return all[0];
    }

    /** False when the host is an address that may not be reached; what a name stands for is looked at when it is reached. */
    public boolean mayBeOpen(String host) {
        return IpAddress.parse(bare(host)).map(this::isOpen).orElse(true);
    }

    private boolean isOpen(InetAddress address) {
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

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean holds(List<AddressPrefix> prefixes, IpAddress address) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(address));
    }

    /**
     * The ranges of a setting.
     *
     * @param text ranges with commas between
     * @param setting its name, for the message of the IllegalArgumentException when it holds something else
     */
    public static List<AddressPrefix> prefixes(String text, String setting) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(word -> AddressPrefix.parse(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "\"" + word + "\" below " + setting + " is no range of addresses.")))
                .toList();
    }
}
