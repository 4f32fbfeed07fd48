package dev.unkai.identity.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.identity.catalog.CatalogView;
import dev.unkai.identity.credential.StoredRule;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.wire.token.TrustClaim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token as the Identity v3 API shows it. What does not belong to its scope is absent, not null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenView(
        List<String> methods,
        UserView user,
        @JsonProperty("audit_ids") List<String> auditIds,
        @JsonProperty("expires_at") String expiresAt,
        @JsonProperty("issued_at") String issuedAt,
        @Nullable ProjectView project,
        @Nullable NamedView domain,
        @Nullable SystemView system,
        @JsonProperty("is_domain") @Nullable Boolean isDomain,
        @Nullable List<HeldRole> roles,
        @JsonProperty("application_credential") @Nullable CredentialView applicationCredential,
        @JsonProperty("OS-TRUST:trust") @Nullable TrustView trust,
        @JsonProperty("OS-OAUTH1") @Nullable ProgramView program,
        @Nullable List<CatalogView> catalog) {
    public record NamedView(String id, String name) {}

    /** {@code password_expires_at} is always there, null when it never does. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record UserView(
            NamedView domain,
            String id,
            String name,
            @JsonProperty("password_expires_at") @Nullable String passwordExpiresAt) {}

    public record ProjectView(NamedView domain, String id, String name) {}

    public record SystemView(boolean all) {}

    public record TrustView(
            String id,
            boolean impersonation,
            @JsonProperty("trustor_user") PartyView trustor,
            @JsonProperty("trustee_user") PartyView trustee) {
        static @Nullable TrustView of(@Nullable TrustClaim trust) {
            return trust == null
                    ? null
                    : new TrustView(
                            trust.id(),
                            trust.impersonation(),
                            new PartyView(trust.trustorId()),
                            new PartyView(trust.trusteeId()));
        }
    }

    /** With which access token, and whose it is. */
    public record ProgramView(
            @JsonProperty("access_token_id") String accessToken,
            @JsonProperty("consumer_id") String consumer) {}

    public record PartyView(String id) {}

    /** {@code access_rules} is there only when the credential has some, as in the reference. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CredentialView(
            String id,
            String name,
            boolean restricted,
            @JsonProperty("access_rules") @Nullable List<StoredRule> accessRules) {}
}
