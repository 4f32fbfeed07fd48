package dev.unkai.node.firewall;

import dev.unkai.wire.node.FirewallPacket;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of ovn-controller's log about a packet that an ACL noted (ovn-nb(5), ACL logging; flow as ovs-fields(7) names it):
 * {@code 2026-01-31T12:00:00.123Z|00012|acl_log(ovn_pinctrl0)|INFO|name="…", verdict=drop, severity=info, direction=to-lport:
 * tcp,vlan_tci=0x0000,dl_src=…,dl_dst=…,nw_src=…,nw_dst=…,…,tp_src=…,tp_dst=…,tcp_flags=syn}.
 */
final class FirewallLine {
    private static final Pattern LINE =
            Pattern.compile("([^|]+)\\|\\d+\\|acl_log[^|]*\\|[A-Z]+\\|name=\"([^\"]*)\", verdict=([a-z-]+),"
                    + " severity=[a-z]+, direction=(to|from)-lport: (\\S+)");

    private FirewallLine() {}

    /** The packet; empty when the line is about something else. */
    static Optional<FirewallPacket> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> flow = new HashMap<>();
        String[] words = matcher.group(5).split(",");
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                flow.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        String source = flow.getOrDefault("nw_src", flow.getOrDefault("ipv6_src", ""));
        String destination = flow.getOrDefault("nw_dst", flow.getOrDefault("ipv6_dst", ""));
        if (source.isEmpty() || destination.isEmpty()) {
            return Optional.empty();
        }
        try {
            FirewallPacket.Builder packet = FirewallPacket.newBuilder()
                    .setFilter(matcher.group(2))
                    .setAtMillis(Instant.parse(matcher.group(1)).toEpochMilli())
                    .setInwards(matcher.group(4).equals("to"))
                    .setAccepted(matcher.group(3).startsWith("allow"))
                    .setProtocol(protocol(words[0], flow))
                    .setSourceMac(flow.getOrDefault("dl_src", ""))
                    .setDestinationMac(flow.getOrDefault("dl_dst", ""))
                    .setSource(source)
                    .setDestination(destination);
            number(flow, "tp_src").ifPresent(packet::setSourcePort);
            number(flow, "tp_dst").ifPresent(packet::setDestinationPort);
            number(flow, "icmp_type").ifPresent(packet::setIcmpType);
            number(flow, "icmp_code").ifPresent(packet::setIcmpCode);
            return Optional.of(packet.build());
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Flows of protocols without a name of their own are called {@code ip} or {@code ipv6}, with the number beside. */
    private static String protocol(String name, Map<String, String> flow) {
        String number = flow.get("nw_proto");
        String plain = name.endsWith("6") && !name.equals("icmp6") ? name.substring(0, name.length() - 1) : name;
        return number != null && name.startsWith("ip") ? "ip-" + number : plain;
    }

    private static Optional<Integer> number(Map<String, String> flow, String name) {
        return Optional.ofNullable(flow.get(name)).map(Integer::parseInt);
    }
}
