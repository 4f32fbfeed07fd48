package dev.unkai.cloud.network.domain;

import dev.unkai.cloud.network.store.Port.DhcpOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The DHCP options that OVN can send (ovn-nb(5), DHCP_Options), by the names and numbers that clients use for them. */
public final class DhcpOptionNames {
    /** Switches DHCP off for one port. */
    public static final String DISABLED = "dhcp_disabled";

    private static final int LONGEST = 255;
    /** Quotes and backslashes would end the text in OVN's own language. */
    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]{1," + LONGEST + "}");

    private enum Type {
        ADDRESSES,
        NUMBER,
        FLAG,
        TEXT,
        ROUTES
    }

    private record Known(String ovnName, Type type) {}

    private static final Map<String, Known> V4 = v4();
    private static final Map<String, Known> V6 = Map.of(
            "dns-server", new Known("dns_server", Type.ADDRESSES),
            "23", new Known("dns_server", Type.ADDRESSES),
            "domain-search", new Known("domain_search", Type.TEXT),
            "24", new Known("domain_search", Type.TEXT));

    private DhcpOptionNames() {}

    /** Refuses what nobody knows. What only the other version of DHCP has is taken and not sent, as in the reference. */
    public static DhcpOption check(DhcpOption option) {
        if (option.name().equals(DISABLED)) {
            return option;
        }
        Known known = (option.version() == 4 ? V4 : V6).get(option.name());
        if (known == null && (V4.containsKey(option.name()) || V6.containsKey(option.name()))) {
            known = new Known(option.name(), Type.TEXT);
        }
        if (known == null) {
            throw Refusals.field(
                    "extra_dhcp_opts",
                    "The DHCPv" + option.version() + " option '" + option.name() + "' cannot be sent here. Known are "
                            + (option.version() == 4 ? V4 : V6)
                                    .keySet().stream().sorted().toList() + ".");
        }
        boolean right = switch (known.type()) {
            case ADDRESSES ->
                !addresses(option.value()).isEmpty()
                        || (option.value().isEmpty() && known.ovnName().equals("router"));
            case NUMBER -> option.value().matches("\\d{1,9}");
            case FLAG -> option.value().matches("[01]");
            case TEXT -> TEXT.matcher(option.value()).matches();
            case ROUTES -> option.value().isEmpty() || routes(option.value()).isPresent();
        };
        if (!right) {
            throw Refusals.field(
                    "extra_dhcp_opts",
                    "The value '" + option.value() + "' of the option '" + option.name()
                            + "' cannot be sent; it must be "
                            + switch (known.type()) {
                                case ADDRESSES -> "one or more IP addresses, separated by commas.";
                                case NUMBER -> "a number.";
                                case FLAG -> "0 or 1.";
                                case TEXT -> "printable ASCII without quotes and backslashes.";
                                case ROUTES -> "pairs of CIDR and next hop, separated by commas.";
                            });
        }
        return option;
    }

    /**
     * The option in OVN's words, an empty one where it shall not be sent; none at all where its value is of the other IP version, which no
     * guest could use.
     */
    public static Optional<Map.Entry<String, String>> inOvn(DhcpOption option) {
        Known known = (option.version() == 4 ? V4 : V6).get(option.name());
        if (known == null) {
            return Optional.empty();
        }
        if (option.value().isEmpty()) {
            return Optional.of(Map.entry(known.ovnName(), ""));
        }
        Optional<String> value = switch (known.type()) {
            case ADDRESSES -> {
                List<String> fitting = addresses(option.value()).stream()
                        .filter(ip -> ip.version() == option.version())
                        .map(Ip::toString)
                        .toList();
                yield fitting.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                fitting.size() == 1 ? fitting.getFirst() : "{" + String.join(", ", fitting) + "}");
            }
            case NUMBER, FLAG -> Optional.of(option.value());
            case TEXT -> Optional.of('"' + option.value() + '"');
            case ROUTES -> routes(option.value());
        };
        return value.map(text -> Map.entry(known.ovnName(), text));
    }

    private static List<Ip> addresses(String text) {
        List<Optional<Ip>> all = java.util.Arrays.stream(
                        text.replaceAll("[{}]", "").split(",", -1))
                .map(one -> Ip.parse(one.strip()))
                .toList();
        return all.stream().allMatch(Optional::isPresent)
                ? all.stream().flatMap(Optional::stream).toList()
                : List.of();
    }

    private static Optional<String> routes(String text) {
        String[] words = text.replaceAll("[{}]", "").split(",", -1);
        if (words.length % 2 != 0) {
            return Optional.empty();
        }
        StringBuilder routes = new StringBuilder("{");
        for (int i = 0; i < words.length; i += 2) {
            Optional<Prefix> to = Prefix.parse(words[i].strip());
            Optional<Ip> via = Ip.parse(words[i + 1].strip());
            if (to.isEmpty()
                    || via.isEmpty()
                    || to.get().version() != 4
                    || via.get().version() != 4) {
                return Optional.empty();
            }
            routes.append(i == 0 ? "" : ", ")
                    .append(to.get().canonical())
                    .append(',')
                    .append(via.get());
        }
        return Optional.of(routes.append('}').toString());
    }

    private static Map<String, Known> v4() {
        Map<String, Known> names = new HashMap<>();
        put(names, Type.ADDRESSES, "netmask", "netmask", "1");
        put(names, Type.ADDRESSES, "router", "router", "3");
        put(names, Type.ADDRESSES, "dns_server", "dns-server", "6");
        put(names, Type.ADDRESSES, "log_server", "log-server", "7");
        put(names, Type.ADDRESSES, "lpr_server", "lpr-server", "9");
        put(names, Type.TEXT, "domain_name", "domain-name", "15");
        put(names, Type.ADDRESSES, "swap_server", "swap-server", "16");
        put(names, Type.FLAG, "ip_forward_enable", "ip-forward-enable", "19");
        put(names, Type.NUMBER, "default_ttl", "default-ttl", "23");
        put(names, Type.NUMBER, "mtu", "mtu", "26");
        put(names, Type.FLAG, "router_discovery", "router-discovery", "31");
        put(names, Type.ADDRESSES, "router_solicitation", "router-solicitation", "32");
        put(names, Type.NUMBER, "arp_cache_timeout", "arp-timeout", "35");
        put(names, Type.FLAG, "ethernet_encap", "ethernet-encap", "36");
        put(names, Type.NUMBER, "tcp_ttl", "tcp-ttl", "37");
        put(names, Type.NUMBER, "tcp_keepalive_interval", "tcp-keepalive", "38");
        put(names, Type.ADDRESSES, "nis_server", "nis-server", "41");
        put(names, Type.ADDRESSES, "ntp_server", "ntp-server", "42");
        put(names, Type.NUMBER, "lease_time", "lease-time", "51");
        put(names, Type.NUMBER, "T1", "T1", "58");
        put(names, Type.NUMBER, "T2", "T2", "59");
        put(names, Type.TEXT, "tftp_server", "tftp-server", "66");
        put(names, Type.TEXT, "bootfile_name", "bootfile-name", "67");
        put(names, Type.ROUTES, "classless_static_route", "classless-static-route", "121");
        put(names, Type.ROUTES, "ms_classless_static_route", "ms-classless-static-route", "249");
        put(names, Type.ADDRESSES, "tftp_server_address", "tftp-server-address", "150");
        put(names, Type.TEXT, "path_prefix", "path-prefix", "210");
        put(names, Type.TEXT, "wpad", "wpad", "252");
        put(names, Type.ADDRESSES, "next_server", "server-ip-address", "siaddr");
        return Map.copyOf(names);
    }

    private static void put(Map<String, Known> names, Type type, String ovnName, String... aliases) {
        for (String alias : aliases) {
            names.put(alias, new Known(ovnName, type));
        }
    }
}
