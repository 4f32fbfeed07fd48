package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.ProxiedGroups;
import dev.unkai.cloud.network.ProxiedGroups.GroupsRule;
import dev.unkai.cloud.network.ProxiedGroups.WantedRule;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-security-group-rules} until 2.35, which stands for the Network API: incoming rules only. */
@RestController("computeSecurityGroupRules")
@RequestMapping("/compute/v2.1/os-security-group-rules")
class SecurityGroupRulesController {
    private static final int LAST = 35;
    private static final int LAST_PORT = 65_535;
    private static final int LAST_ICMP = 255;

    private final Transactions transactions;
    private final ProxiedGroups groups;

    SecurityGroupRulesController(Transactions transactions, ProxiedGroups groups) {
        this.transactions = transactions;
        this.groups = groups;
    }

    @PostMapping
    @Allow("compute:security-group:manage")
    Shape create(Caller caller, Microversion version, @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        WantedRule wanted = read(Fields.of(body).object("security_group_rule"));
        try {
            GroupsRule made = transactions.asCaller(caller, db -> groups.addRule(db, caller, wanted));
            return Shape.of("security_group_rule", SecurityGroupsController.shape(made.group(), made.rule()));
        } catch (Refusal refusal) {
            // These addresses call a rule that is there already an invalid request.
            throw refusal.kind() == Refusal.Kind.CONFLICT ? Refusal.invalid(refusal.sentence()) : refusal;
        }
    }

    /** Other fields are not looked at, as by the reference. */
    private static WantedRule read(Fields fields) {
        UUID parent = id(fields, "parent_group_id");
        if (parent == null) {
            throw Refusal.invalid("Security group id should be a UUID.");
        }
        UUID remote = id(fields, "group_id");
        String protocol = protocol(fields);
        Integer from = port(fields, "from_port");
        Integer to = port(fields, "to_port");
        if (protocol == null && remote == null && from == null && to == null && !fields.has("cidr")) {
            throw Refusal.invalid("Not enough parameters to build a valid rule.");
        }
        if (protocol == null && (remote == null || from != null || to != null)) {
            throw Refusal.invalid("Invalid IP protocol: it is one of tcp, udp, icmp.");
        }
        if (protocol != null && (from == null || to == null)) {
            throw Refusal.invalid("Type of ports is not a number: from_port and to_port are needed with a protocol.");
        }
        checkRange(protocol, from, to);
        boolean icmp = protocol != null && protocol.startsWith("icmp");
        return new WantedRule(
                parent,
                protocol,
                icmp ? anyIsNull(from) : from,
                icmp ? anyIsNull(to) : to,
                remote == null ? cidr(fields) : null,
                remote);
    }

    private static @Nullable String protocol(Fields fields) {
        String protocol = fields.nullableText("ip_protocol", Text.META_VALUE);
        if (protocol == null) {
            return null;
        }
        String word = protocol.toLowerCase(Locale.ROOT);
        if (!List.of("tcp", "udp", "icmp", "ipv6-icmp").contains(word)) {
            throw Refusal.invalid("Invalid IP protocol " + protocol + ".");
        }
        return word;
    }

    private static @Nullable Integer port(Fields fields, String name) {
        return fields.has(name) && !fields.isNull(name) ? Integer.valueOf(fields.integer(name, -1, LAST_PORT)) : null;
    }

    /** Any type or code of ICMP is -1 in this API. */
    private static @Nullable Integer anyIsNull(@Nullable Integer number) {
        return number == null || number == -1 ? null : number;
    }

    private static void checkRange(@Nullable String protocol, @Nullable Integer from, @Nullable Integer to) {
        if (protocol == null || from == null || to == null) {
            return;
        }
        boolean icmp = protocol.contains("icmp");
        boolean wrong = icmp ? from > LAST_ICMP || to > LAST_ICMP || from == -1 && to != -1 : from < 1 || to < from;
        if (wrong) {
            throw Refusal.invalid("Invalid port range " + from + ":" + to + ". Valid "
                    + (icmp ? "types and codes are between -1 and 255" : "ports are between 1 and 65535") + ".");
        }
    }

    private static String cidr(Fields fields) {
        String cidr = fields.nullableText("cidr", Text.META_VALUE);
        if (cidr == null) {
            return "0.0.0.0/0";
        }
        String prefix = ProxiedGroups.prefix(cidr).orElseThrow(() -> Refusal.invalid("Invalid cidr " + cidr + "."));
        if (prefix.endsWith("/0") && !prefix.equals("0.0.0.0/0") && !prefix.equals("::/0")) {
            throw Refusal.invalid("Bad prefix for network in cidr " + cidr);
        }
        return prefix;
    }

    private static @Nullable UUID id(Fields fields, String name) {
        JsonNode value = fields.raw(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString() || !Text.isUuid(value.stringValue())) {
            throw Refusal.invalid("Security group id should be a UUID.");
        }
        return UUID.fromString(value.stringValue());
    }

    @DeleteMapping("/{rule}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow("compute:security-group:manage")
    void delete(Caller caller, Microversion version, @PathVariable String rule) {
        Since.last(version, LAST);
        if (!Text.isUuid(rule)) {
            throw Refusal.invalid("Security group id should be a UUID.");
        }
        transactions.doAsCaller(caller, db -> groups.removeRule(db, caller, UUID.fromString(rule)));
    }
}
