package dev.unkai.cloud.network.api;

import dev.unkai.cloud.network.domain.DhcpOptionNames;
import dev.unkai.cloud.network.domain.DnsNames;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.Port;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What few ports have, in bodies of requests: DHCP options, a name, limits. */
final class PortExtras {
    private static final int MOST_OPTIONS = 30;

    private PortExtras() {}

    static Port.Extras read(Attributes in, Port.Extras present) {
        return new Port.Extras(
                options(in, present.dhcpOptions()),
                DnsNames.name("dns_name", in.text("dns_name", 255, present.dnsName())),
                DnsNames.domain("dns_domain", in.text("dns_domain", 255, present.dnsDomain())),
                in.uuid("qos_policy_id", present.qosPolicyId()));
    }

    /** Options that are not named stay; a null value takes one away. */
    private static List<Port.DhcpOption> options(Attributes in, List<Port.DhcpOption> present) {
        Map<String, Port.DhcpOption> options = new LinkedHashMap<>();
        present.forEach(option -> options.put(key(option), option));
        Set<String> said = new HashSet<>();
        for (JsonNode node : in.list("extra_dhcp_opts", MOST_OPTIONS, List.<JsonNode>of(), one -> one)) {
            JsonNode value = node.path("opt_value");
            int known = 2 + (node.has("ip_version") ? 1 : 0);
            if (!node.isObject()
                    || !node.path("opt_name").isString()
                    || !(value.isString() || value.isNull())
                    || node.size() != known) {
                throw Refusals.field(
                        "extra_dhcp_opts",
                        "An entry has the texts 'opt_name' and 'opt_value', which null takes away, and perhaps 'ip_version'.");
            }
            int version = version(node.path("ip_version"));
            String name = Attributes.text("extra_dhcp_opts", node.path("opt_name"), 64);
            if (!said.add(version + " " + name)) {
                throw Refusals.conflict(
                        "NeutronDbObjectDuplicateEntry", "The option '" + name + "' is named twice; name it once.");
            }
            if (value.isNull()) {
                options.remove(key(new Port.DhcpOption(name, "", version)));
            } else {
                String text = Attributes.text("extra_dhcp_opts", value, 255);
                Port.DhcpOption option = DhcpOptionNames.check(new Port.DhcpOption(name, text, version));
                options.put(key(option), option);
            }
        }
        return new ArrayList<>(options.values());
    }

    private static int version(JsonNode node) {
        return switch (node.isMissingNode() ? "4" : node.asString("")) {
            case "4" -> 4;
            case "6" -> 6;
            default -> throw Refusals.field("extra_dhcp_opts", "'" + Attributes.brief(node) + "' is not in [4, 6].");
        };
    }

    static Map<String, Object> view(Port.DhcpOption option) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("opt_name", option.name());
        body.put("opt_value", option.value());
        body.put("ip_version", option.version());
        return body;
    }

    private static String key(Port.DhcpOption option) {
        return option.version() + " " + option.name();
    }
}
