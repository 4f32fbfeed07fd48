package dev.unkai.identity.policy;

import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.EndpointView;
import dev.unkai.identity.policy.PolicyController.PolicyView;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code OS-ENDPOINT-POLICY} below policies and endpoints: which document of rules belongs to which endpoints. */
@RestController
@RequestMapping("/identity/v3")
public final class EndpointPolicyController {
    private static final String OF_POLICY = "/policies/{policy}/OS-ENDPOINT-POLICY";
    private static final String ENDPOINT = OF_POLICY + "/endpoints/{endpoint}";
    private static final String SERVICE = OF_POLICY + "/services/{service}";
    private static final String REGION = SERVICE + "/regions/{region}";

    private final EndpointPolicies policies;
    private final Listing listing;

    public EndpointPolicyController(EndpointPolicies policies, Listing listing) {
        this.policies = policies;
        this.listing = listing;
    }

    @Allow("identity:endpoint-policy:show")
    @GetMapping("/endpoints/{endpoint}/OS-ENDPOINT-POLICY/policy")
    Map<String, PolicyView> ofEndpoint(Caller caller, @PathVariable String endpoint) {
        return Map.of("policy", PolicyView.of(policies.ofEndpoint(caller, endpoint), listing));
    }

    @Allow("identity:endpoint-policy:show")
    @GetMapping(OF_POLICY + "/endpoints")
    Map<String, Object> endpoints(Caller caller, @PathVariable String policy, HttpServletRequest request) {
        return listing.<Endpoint>whole(
                "endpoints",
                policies.endpointsOf(caller, policy),
                endpoint -> EndpointView.of(endpoint, listing),
                request);
    }

    @Allow("identity:endpoint-policy:show")
    @GetMapping(ENDPOINT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkEndpoint(Caller caller, @PathVariable String policy, @PathVariable String endpoint) {
        policies.check(caller, policy, new Ruled.OneEndpoint(endpoint));
    }

    @Allow("identity:endpoint-policy:change")
    @PutMapping(ENDPOINT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveEndpoint(Caller caller, @PathVariable String policy, @PathVariable String endpoint) {
        policies.give(caller, policy, new Ruled.OneEndpoint(endpoint));
    }

    @Allow("identity:endpoint-policy:change")
    @DeleteMapping(ENDPOINT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeEndpoint(Caller caller, @PathVariable String policy, @PathVariable String endpoint) {
        policies.take(caller, policy, new Ruled.OneEndpoint(endpoint));
    }

    @Allow("identity:endpoint-policy:show")
    @GetMapping(SERVICE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkService(Caller caller, @PathVariable String policy, @PathVariable String service) {
        policies.check(caller, policy, new Ruled.OfService(service));
    }

    @Allow("identity:endpoint-policy:change")
    @PutMapping(SERVICE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveService(Caller caller, @PathVariable String policy, @PathVariable String service) {
        policies.give(caller, policy, new Ruled.OfService(service));
    }

    @Allow("identity:endpoint-policy:change")
    @DeleteMapping(SERVICE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeService(Caller caller, @PathVariable String policy, @PathVariable String service) {
        policies.take(caller, policy, new Ruled.OfService(service));
    }

    @Allow("identity:endpoint-policy:show")
    @GetMapping(REGION)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkRegion(
            Caller caller, @PathVariable String policy, @PathVariable String service, @PathVariable String region) {
        policies.check(caller, policy, new Ruled.InRegion(service, region));
    }

    @Allow("identity:endpoint-policy:change")
    @PutMapping(REGION)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveRegion(
            Caller caller, @PathVariable String policy, @PathVariable String service, @PathVariable String region) {
        policies.give(caller, policy, new Ruled.InRegion(service, region));
    }

    @Allow("identity:endpoint-policy:change")
    @DeleteMapping(REGION)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeRegion(
            Caller caller, @PathVariable String policy, @PathVariable String service, @PathVariable String region) {
        policies.take(caller, policy, new Ruled.InRegion(service, region));
    }
}
