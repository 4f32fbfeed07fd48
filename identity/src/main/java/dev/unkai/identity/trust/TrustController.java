package dev.unkai.identity.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Links;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.role.RoleView;
import dev.unkai.identity.trust.Trusts.RoleWish;
import dev.unkai.identity.trust.Trusts.Wanted;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/OS-TRUST/trusts}. */
@RestController
@RequestMapping("/identity/v3/OS-TRUST/trusts")
public final class TrustController {
    private static final int MOST_ROLES = 100;

    private final Trusts trusts;
    private final Listing listing;

    public TrustController(Trusts trusts, Listing listing) {
        this.trusts = trusts;
        this.listing = listing;
    }

    /** A trust as the Identity v3 API shows it; in lists without its roles. */
    record TrustView(
            String id,
            @JsonProperty("trustor_user_id") String trustorId,
            @JsonProperty("trustee_user_id") String trusteeId,
            @JsonProperty("project_id") String projectId,
            boolean impersonation,
            @JsonProperty("expires_at") @Nullable String expiresAt,
            @JsonProperty("remaining_uses") @Nullable Integer remainingUses,
            @JsonProperty("redelegated_trust_id") @Nullable String parentId,
            @JsonProperty("redelegation_count") int redelegations,
            @JsonProperty("deleted_at") @Nullable String deletedAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<RoleView> roles,

            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("roles_links") @Nullable
            Links rolesLinks,

            Self links) {}

    @Allow(Allow.ANY_TOKEN)
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "trustor_user_id", required = false) @Nullable String trustor,
            @RequestParam(name = "trustee_user_id", required = false) @Nullable String trustee,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String marker,
            HttpServletRequest request) {
        Page page = Page.of(limit, marker);
        return listing.page(
                "trusts",
                trusts.list(caller, trustor, trustee, page),
                page,
                Trust::id,
                trust -> view(trust, false),
                request);
    }

    @Allow("identity:trust:create")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, TrustView> create(Caller caller, @RequestBody JsonNode body) {
        Body trust = Body.under(body, "trust").refuseNull("roles");
        return Map.of(
                "trust",
                view(
                        trusts.create(
                                caller,
                                new Wanted(
                                        trust.text("trustor_user_id", 64),
                                        trust.text("trustee_user_id", 64),
                                        trust.optionalId("project_id"),
                                        trust.requiredFlag("impersonation"),
                                        trust.time("expires_at"),
                                        trust.number("remaining_uses", 1),
                                        !trust.isNull("allow_redelegation") && trust.flag("allow_redelegation", false),
                                        trust.number("redelegation_count", 0),
                                        trust.objects("roles", MOST_ROLES).stream()
                                                .map(TrustController::role)
                                                .toList())),
                        true));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{trust}")
    Map<String, TrustView> show(Caller caller, @PathVariable String trust) {
        return Map.of("trust", view(trusts.show(caller, trust), true));
    }

    @Allow(Allow.ANY_TOKEN)
    @DeleteMapping("/{trust}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String trust) {
        trusts.delete(caller, trust);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{trust}/roles")
    Map<String, Object> roles(Caller caller, @PathVariable String trust) {
        Trust found = trusts.show(caller, trust);
        return Map.of("roles", roles(found), "links", links(found));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/{trust}/roles/{role}")
    Map<String, RoleView> role(Caller caller, @PathVariable String trust, @PathVariable String role) {
        return Map.of("role", RoleView.of(trusts.role(caller, trust, role), listing));
    }

    private static RoleWish role(Body role) {
        role.only("id", "name");
        String id = role.optionalText("id", 64);
        return id != null ? new RoleWish(id, null) : new RoleWish(null, role.text("name", 255));
    }

    private TrustView view(Trust trust, boolean whole) {
        return new TrustView(
                trust.id(),
                trust.trustorId(),
                trust.trusteeId(),
                trust.projectId(),
                trust.impersonation(),
                trust.expiresAt() == null ? null : Times.ofToken(trust.expiresAt()),
                trust.remainingUses(),
                trust.parentId(),
                trust.redelegations(),
                null,
                whole ? roles(trust) : null,
                whole ? links(trust) : null,
                listing.self("/OS-TRUST/trusts/" + trust.id()));
    }

    private List<RoleView> roles(Trust trust) {
        return trust.roles().stream().map(role -> RoleView.of(role, listing)).toList();
    }

    private Links links(Trust trust) {
        return new Links(null, listing.url("/OS-TRUST/trusts/" + trust.id() + "/roles"), null);
    }
}
