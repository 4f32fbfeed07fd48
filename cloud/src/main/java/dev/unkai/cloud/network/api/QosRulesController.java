package dev.unkai.cloud.network.api;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.network.domain.QosPolicies;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Network API v2.0: the rules of QoS policies. Bandwidth can be limited, and packets marked; nothing can be promised. */
@RestController
@RequestMapping("/network/v2.0/qos")
final class QosRulesController {
    private static final Set<String> DIRECTIONS = Set.of(QosRule.EGRESS, QosRule.INGRESS);
    /** The code points of RFC 2474, 2597, 3246 that the reference takes. */
    private static final Set<Integer> MARKS =
            Set.of(0, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 46, 48, 56);

    private static final Map<String, String> TYPES =
            Map.of("bandwidth_limit_rules", QosRule.BANDWIDTH, "dscp_marking_rules", QosRule.DSCP);
    private static final String LIMITS = "/policies/{policy}/bandwidth_limit_rules";
    private static final String DSCP_MARKS = "/policies/{policy}/dscp_marking_rules";

    private final RequestTransactions transactions;
    private final QosPolicies policies;
    private final Listings listings;
    private final Ids ids;

    QosRulesController(RequestTransactions transactions, QosPolicies policies, Listings listings, Ids ids) {
        this.transactions = transactions;
        this.policies = policies;
        this.listings = listings;
        this.ids = ids;
    }

    @Allow("network:qos-rule:list")
    @GetMapping({LIMITS, DSCP_MARKS})
    Map<String, Object> list(Caller caller, @PathVariable String policy, HttpServletRequest request) {
        String collection = collection(request);
        List<QosRule> rules = transactions.asCaller(
                caller, db -> policies.rules(db, Paths.id("QoS policy", policy), type(collection)));
        return listings.page(
                request,
                collection,
                rules.stream().map(QosRulesController::view).toList());
    }

    @Allow("network:qos-rule:show")
    @GetMapping({LIMITS + "/{id}", DSCP_MARKS + "/{id}"})
    Map<String, Object> show(
            Caller caller, HttpServletRequest request, @PathVariable String policy, @PathVariable String id) {
        String collection = collection(request);
        return transactions.asCaller(
                caller,
                db -> Listings.one(
                        request,
                        singular(collection),
                        view(policies.rule(
                                db, Paths.id("QoS policy", policy), type(collection), Paths.id("QoS rule", id)))));
    }

    @Allow("network:qos-rule:create")
    @PostMapping({LIMITS, DSCP_MARKS})
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(
            Caller caller, HttpServletRequest request, @PathVariable String policy, @RequestBody JsonNode body) {
        String collection = collection(request);
        UUID policyId = Paths.id("QoS policy", policy);
        QosRule rule =
                read(Attributes.of(body, singular(collection), caller), blank(ids.next(), policyId, type(collection)));
        return Map.of(
                singular(collection),
                view(transactions.asCaller(caller, db -> policies.write(db, caller, rule, true))));
    }

    @Allow("network:qos-rule:update")
    @PutMapping({LIMITS + "/{id}", DSCP_MARKS + "/{id}"})
    Map<String, Object> update(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String policy,
            @PathVariable String id,
            @RequestBody JsonNode body) {
        String collection = collection(request);
        Attributes in = Attributes.of(body, singular(collection), caller);
        return transactions.asCaller(caller, db -> {
            QosRule present =
                    policies.rule(db, Paths.id("QoS policy", policy), type(collection), Paths.id("QoS rule", id));
            return Map.of(singular(collection), view(policies.write(db, caller, patch(in, present), false)));
        });
    }

    @Allow("network:qos-rule:delete")
    @DeleteMapping({LIMITS + "/{id}", DSCP_MARKS + "/{id}"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, HttpServletRequest request, @PathVariable String policy, @PathVariable String id) {
        String collection = collection(request);
        transactions.doAsCaller(
                caller,
                db -> policies.deleteRule(
                        db, caller, Paths.id("QoS policy", policy), type(collection), Paths.id("QoS rule", id)));
    }

    /** Bandwidth cannot be promised: hosts do not book it. So there is never a rule of this kind. */
    @Allow("network:qos-rule:list")
    @GetMapping("/policies/{policy}/minimum_bandwidth_rules")
    Map<String, Object> noPromises(Caller caller, @PathVariable String policy) {
        transactions.asCaller(caller, db -> policies.get(db, Paths.id("QoS policy", policy)));
        return Map.of("minimum_bandwidth_rules", List.of());
    }

    @Allow("network:qos-rule:create")
    @PostMapping("/policies/{policy}/minimum_bandwidth_rules")
    Map<String, Object> promise(Caller caller, @PathVariable String policy) {
        transactions.asCaller(caller, db -> policies.get(db, Paths.id("QoS policy", policy)));
        throw Refusals.conflict(
                "QosRuleNotSupported",
                "Rule minimum_bandwidth is not supported: hosts here do not reserve bandwidth. Limit that of others with bandwidth_limit rules.");
    }

    @Allow("network:qos-rule:list")
    @GetMapping("/rule-types")
    Map<String, Object> types(HttpServletRequest request) {
        return listings.page(
                request, "rule_types", List.of(Map.of("type", QosRule.BANDWIDTH), Map.of("type", QosRule.DSCP)));
    }

    @Allow("network:qos-rule-type:show")
    @GetMapping("/rule-types/{type}")
    Map<String, Object> type(Caller caller, @PathVariable String type) {
        List<Map<String, Object>> parameters = switch (type) {
            case QosRule.BANDWIDTH ->
                List.of(
                        range("max_kbps"),
                        range("max_burst_kbps"),
                        choices("direction", List.of(QosRule.EGRESS, QosRule.INGRESS)));
            case QosRule.DSCP ->
                List.of(choices("dscp_mark", MARKS.stream().sorted().toList()));
            default -> throw Refusals.notFound("Rule type", type.length() > 100 ? "…" : type);
        };
        return Map.of(
                "rule_type",
                Map.of("type", type, "drivers", List.of(Map.of("name", "ovn", "supported_parameters", parameters))));
    }

    private static QosRule blank(UUID id, UUID policyId, String type) {
        Long unlimited = type.equals(QosRule.DSCP) ? null : 0L;
        return new QosRule(id, policyId, "", type, QosRule.EGRESS, unlimited, unlimited, null);
    }

    private static QosRule read(Attributes in, QosRule blank) {
        String needed = blank.type().equals(QosRule.DSCP) ? "dscp_mark" : "max_kbps";
        if (!in.has(needed)) {
            throw in.missing(needed);
        }
        in.text("tenant_id", 255, "");
        in.text("project_id", 255, "");
        return patch(in, blank);
    }

    /** What is wrong with a body in itself; {@code collection} is as in the address. */
    static Optional<Refusal> fault(String collection, JsonNode body, Caller caller, boolean creating) {
        return Bodies.fault(() -> {
            Attributes in = Attributes.of(body, singular(collection), caller);
            QosRule blank = blank(new UUID(0, 0), new UUID(0, 0), type(collection));
            boolean changesNoMark = !creating && blank.type().equals(QosRule.DSCP) && !in.has("dscp_mark");
            if (creating) {
                read(in, blank);
            } else if (!changesNoMark) {
                patch(in, blank);
            }
        });
    }

    private static QosRule patch(Attributes in, QosRule present) {
        String direction = present.direction();
        Integer mark = present.dscpMark();
        Long kbps = present.maxKbps();
        Long burst = present.maxBurst();
        if (present.type().equals(QosRule.DSCP)) {
            mark = in.number("dscp_mark", 0, 63, mark);
            if (mark == null || !MARKS.contains(mark)) {
                throw Refusals.field(
                        "dscp_mark",
                        "'" + mark + "' is not in " + MARKS.stream().sorted().toList() + ".");
            }
        } else {
            kbps = number(in, "max_kbps", kbps);
            burst = number(in, "max_burst_kbps", burst);
            String said = in.word("direction", DIRECTIONS, direction);
            direction = said == null ? direction : said;
        }
        in.finish();
        return new QosRule(
                present.id(), present.policyId(), present.project(), present.type(), direction, kbps, burst, mark);
    }

    private static @Nullable Long number(Attributes in, String name, @Nullable Long otherwise) {
        Integer said = in.number(name, 0, Integer.MAX_VALUE, null);
        return said == null ? otherwise : Long.valueOf(said);
    }

    private static Map<String, Object> range(String name) {
        return Map.of(
                "parameter_name",
                name,
                "parameter_type",
                "range",
                "parameter_values",
                Map.of("start", 0, "end", Integer.MAX_VALUE));
    }

    private static Map<String, Object> choices(String name, List<?> values) {
        return Map.of("parameter_name", name, "parameter_type", "choices", "parameter_values", values);
    }

    /** The last name in {@code /network/v2.0/qos/policies/{id}/dscp_marking_rules}. */
    private static String collection(HttpServletRequest request) {
        return request.getServletPath().split("/")[6];
    }

    static String type(String collection) {
        return TYPES.getOrDefault(collection, QosRule.BANDWIDTH);
    }

    private static String singular(String collection) {
        return collection.substring(0, collection.length() - 1);
    }

    static Map<String, Object> view(QosRule rule) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", rule.id());
        if (rule.type().equals(QosRule.DSCP)) {
            body.put("dscp_mark", rule.dscpMark());
        } else {
            body.put("max_kbps", rule.maxKbps());
            body.put("max_burst_kbps", rule.maxBurst());
            body.put("direction", rule.direction());
        }
        return body;
    }
}
