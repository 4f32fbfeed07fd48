package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.Prefix;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.domain.SecurityGroups;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import dev.unkai.cloud.network.store.SecurityGroupStore;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Network API v2.0: rules of security groups. */
@RestController
@RequestMapping("/network/v2.0/security-group-rules")
final class SecurityGroupRulesController {
    private static final int LAST_PORT = 65_535;

    private final RequestTransactions transactions;
    private final SecurityGroups groups;
    private final SecurityGroupStore store;
    private final Listings listings;
    private final Ids ids;

    SecurityGroupRulesController(
            RequestTransactions transactions,
            SecurityGroups groups,
            SecurityGroupStore store,
            Listings listings,
            Ids ids) {
        this.transactions = transactions;
        this.groups = groups;
        this.store = store;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:security-group-rule:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        return transactions.asCaller(
                caller, db -> listings.page(db, request, "security-group-rules", store.rules, SecurityGroupView::of));
    }

    @Allow("network:security-group-rule:show")
    @GetMapping("/{id}")
    Map<String, Object> show(Caller caller, @PathVariable String id, HttpServletRequest request) {
        SecurityGroupRule rule = transactions.asCaller(caller, db -> groups.rule(db, id(id)));
        return Listings.one(request, "security_group_rule", SecurityGroupView.of(rule));
    }

    @Allow("network:security-group-rule:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, @RequestBody JsonNode body) {
        return transactions.asCaller(
                caller,
                db -> Bodies.create(
                        body,
                        "security_group_rule",
                        "security_group_rules",
                        caller,
                        in -> SecurityGroupView.of(groups.addRule(db, caller, read(in)))));
    }

    /** A rule stays as it was made; the reference has this address, too, and refuses. */
    @Allow("network:security-group-rule:update")
    @PutMapping("/{id}")
    Map<String, Object> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Attributes in = Attributes.change(body, "security_group_rule", caller);
        return Bodies.change(
                () -> {
                    transactions.asCaller(caller, db -> groups.rule(db, id(id)));
                    throw Refusals.invalid(
                            "HTTPBadRequest",
                            "A rule of a security group cannot be changed. Delete it, and make another in its place.");
                },
                () -> {
                    in.description("");
                    in.finish();
                });
    }

    @Allow("network:security-group-rule:delete")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        transactions.doAsCaller(caller, db -> groups.removeRule(db, caller, id(id)));
    }

    private SecurityGroupRule read(Attributes in) {
        String direction = in.word("direction", Set.of(SecurityGroupRule.INGRESS, SecurityGroupRule.EGRESS), null);
        if (direction == null) {
            throw in.missing("direction");
        }
        SecurityGroupRule rule = new SecurityGroupRule(
                ids.next(),
                in.project(),
                in.requiredUuid("security_group_id"),
                in.description(""),
                direction,
                ethertype(in),
                protocol(in),
                port(in, "port_range_min"),
                port(in, "port_range_max"),
                prefix(in),
                remoteGroup(in),
                in.uuid("remote_address_group_id", null),
                Stamp.NEW);
        in.finish();
        return rule;
    }

    /** In small or large letters. */
    private static String ethertype(Attributes in) {
        String said = in.text("ethertype", 255, SecurityGroupRule.IPV4);
        for (String type : List.of(SecurityGroupRule.IPV4, SecurityGroupRule.IPV6)) {
            if (said.equalsIgnoreCase(type)) {
                return type;
            }
        }
        throw Refusals.field("ethertype", "'" + said + "' is not in [IPv4, IPv6].");
    }

    /** Any protocol may be said as null, as "any", as "" or not at all. */
    private static @Nullable String protocol(Attributes in) {
        if (!in.has("protocol") || in.isNull("protocol")) {
            return null;
        }
        JsonNode value = in.raw("protocol");
        String text = value.isIntegralNumber()
                ? value.asString()
                : in.text("protocol", 40, "").toLowerCase(Locale.ROOT);
        return text.isEmpty() || text.equals("any") ? null : text;
    }

    private static @Nullable Integer port(Attributes in, String name) {
        if (!in.has(name) || in.isNull(name)) {
            return null;
        }
        String text = in.raw(name).asString("");
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > LAST_PORT) {
            throw Refusals.invalid(
                    "SecurityGroupInvalidPortValue", "Invalid value for port " + Attributes.brief(in.raw(name)));
        }
        return Integer.valueOf(text);
    }

    /** What is no id at all is as unknown as an id that nobody has. */
    private static @Nullable UUID remoteGroup(Attributes in) {
        if (!in.has("remote_group_id") || in.isNull("remote_group_id")) {
            return null;
        }
        return Paths.id("Security group", in.text("remote_group_id", 255, ""));
    }

    /** Host bits stay as they were said; the range that they mean is {@code normalized_cidr}, as in the reference. */
    private static @Nullable String prefix(Attributes in) {
        if (!in.has("remote_ip_prefix")
                || in.isNull("remote_ip_prefix")
                || in.raw("remote_ip_prefix").asString("?").isEmpty()) {
            return null;
        }
        JsonNode value = in.raw("remote_ip_prefix");
        return Prefix.parse(value.asString(""))
                .map(Prefix::toString)
                .orElseThrow(() ->
                        Refusals.field("remote_ip_prefix", "'" + Attributes.brief(value) + "' is not a valid CIDR."));
    }

    private static UUID id(String text) {
        return Paths.id("Security Group Rule", text);
    }
}
