package dev.unkai.cloud.network.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role.Side;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.domain.QosPolicies;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.web.Access;
import dev.unkai.web.RefusalShape;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Only operators make and change QoS policies. As in the reference, a customer who tries it is told first what is wrong with the body, then that there is no
 * such policy or rule if he does not see it, and only then that he may not.
 */
@Component
final class RefusedQosRequests implements RefusalShape {
    private static final Pattern ADDRESS = Pattern.compile(
            "/network/v2\\.0/qos/policies(?:/(?<policy>[^/]+)(?:/(?<rules>bandwidth_limit_rules|dscp_marking_rules)(?:/(?<rule>[^/]+))?)?)?");

    private final Access access;
    private final Transactions transactions;
    private final QosPolicies policies;
    private final JsonMapper json;

    RefusedQosRequests(Access access, Transactions transactions, QosPolicies policies, JsonMapper json) {
        this.access = access;
        this.transactions = transactions;
        this.policies = policies;
        this.json = json;
    }

    @Override
    public Optional<Refusal> instead(Caller caller, HttpServletRequest request) {
        Matcher address = ADDRESS.matcher(request.getServletPath());
        Optional<Side> sees =
                access.policy().side("network:qos-policy:show", caller.token().roles());
        // From an auditor nothing is hidden.
        if (!sees.equals(Optional.of(Side.CUSTOMER)) || !address.matches()) {
            return Optional.empty();
        }
        return switch (request.getMethod()) {
            case "POST" -> fault(caller, request, address, true);
            case "PUT" -> fault(caller, request, address, false).or(() -> hidden(caller, address));
            case "DELETE" -> hidden(caller, address);
            default -> Optional.empty();
        };
    }

    private Optional<Refusal> fault(Caller caller, HttpServletRequest request, Matcher address, boolean creating) {
        String rules = address.group("rules");
        JsonNode body;
        try {
            body = json.readTree(request.getInputStream());
        } catch (JacksonException e) {
            return Optional.of(Refusals.invalid("HTTPBadRequest", "Body contains invalid data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rules == null
                ? QosPoliciesController.fault(body, caller, creating)
                : QosRulesController.fault(rules, body, caller, creating);
    }

    private Optional<Refusal> hidden(Caller caller, Matcher address) {
        try {
            UUID policy = Paths.id("QoS policy", address.group("policy"));
            String rule = address.group("rule");
            transactions.doAsCaller(caller, db -> {
                policies.get(db, policy);
                if (rule != null) {
                    String type = QosRulesController.type(address.group("rules"));
                    policies.rule(db, policy, type, Paths.id("QoS rule", rule));
                }
            });
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        }
    }
}
