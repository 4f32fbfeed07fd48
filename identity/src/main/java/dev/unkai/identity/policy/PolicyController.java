package dev.unkai.identity.policy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/policies}. */
@RestController
@RequestMapping("/identity/v3/policies")
public final class PolicyController {
    private static final String[] FIELDS = {"type", "blob"};
    private static final int LONGEST_BLOB = 65_535;

    private final Policies policies;
    private final Listing listing;

    public PolicyController(Policies policies, Listing listing) {
        this.policies = policies;
        this.listing = listing;
    }

    /** A policy as the Identity v3 API shows it. */
    record PolicyView(
            String id,
            String type,
            String blob,
            Self links,
            @JsonAnyGetter Map<String, JsonNode> extra) {
        static PolicyView of(Policy policy, Listing listing) {
            return new PolicyView(
                    policy.id(),
                    policy.type(),
                    policy.blob(),
                    listing.self("/policies/" + policy.id()),
                    policy.extra().attributes());
        }
    }

    @Allow("identity:policy:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller, @RequestParam(required = false) @Nullable String type, HttpServletRequest request) {
        return listing.<Policy>whole("policies", policies.list(caller, type), this::view, request);
    }

    @Allow("identity:policy:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, PolicyView> create(Caller caller, @RequestBody JsonNode body) {
        Body policy = Body.under(body, "policy");
        return Map.of(
                "policy",
                view(policies.create(
                        caller, policy.text("type", 255), policy.text("blob", LONGEST_BLOB), policy.beside(FIELDS))));
    }

    @Allow("identity:policy:show")
    @GetMapping("/{policy}")
    Map<String, PolicyView> show(Caller caller, @PathVariable String policy) {
        return Map.of("policy", view(policies.show(caller, policy)));
    }

    @Allow("identity:policy:update")
    @PatchMapping("/{policy}")
    Map<String, PolicyView> update(Caller caller, @PathVariable String policy, @RequestBody JsonNode body) {
        Body wanted = Body.under(body, "policy").saysSomething();
        wanted.sameId(policy);
        return Map.of(
                "policy",
                view(policies.update(
                        caller,
                        policy,
                        now -> new Policy(
                                now.id(),
                                wanted.has("type") ? wanted.text("type", 255) : now.type(),
                                wanted.has("blob") ? wanted.text("blob", LONGEST_BLOB) : now.blob(),
                                now.extra().with(wanted.beside(FIELDS))))));
    }

    @Allow("identity:policy:delete")
    @DeleteMapping("/{policy}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String policy) {
        policies.delete(caller, policy);
    }

    private PolicyView view(Policy policy) {
        return PolicyView.of(policy, listing);
    }
}
