package dev.unkai.wire.token;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says. It is signed, so every process checks it alone; it is short-lived, because a revocation reaches
 * the others only a moment later.
 *
 * @param auditIds the first names this token, the last the log-in that it goes back to (Identity v3 audit_ids)
 * @param projectId null without a project scope
 * @param scopeDomainId the domain of a domain-scoped token, else null
 * @param systemScope true for {@code system: all}
 * @param roles role names with implied ones expanded
 * @param applicationCredentialId the credential it was made with, or null
 * @param accessRules the only requests it may be used for; null: all that its roles allow
 * @param trust the trust it was made with, or null
 * @param provedAt when its bearer last showed, in this session of the console, who he is; null for what is no such session
 * @param viewing that its bearer looks at the project as a customer sees it, and changes nothing; null for everybody else
 */
public record TokenClaims(
        List<String> auditIds,
        List<String> methods,
        String userId,
        String userName,
        String userDomainId,
        String userDomainName,
        @Nullable String projectId,
        @Nullable String projectName,
        @Nullable String projectDomainId,
        @Nullable String projectDomainName,
        @Nullable String scopeDomainId,
        @Nullable String scopeDomainName,
        boolean systemScope,
        List<String> roles,
        @Nullable String applicationCredentialId,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable List<AccessRule> accessRules,
        @Nullable TrustClaim trust,
        @Nullable Instant provedAt,
        @Nullable ViewingClaim viewing) {
    /** The method of a log-in by a request that a program has signed. */
    public static final String OAUTH = "oauth1";

    public TokenClaims {
        accessRules = accessRules == null ? null : List.copyOf(accessRules);
        auditIds = List.copyOf(auditIds);
        methods = List.copyOf(methods);
        roles = List.copyOf(roles);
    }

    /** Not limited to some requests, the bearer's own, and of no session of the console. */
    public TokenClaims(
            List<String> auditIds,
            List<String> methods,
            String userId,
            String userName,
            String userDomainId,
            String userDomainName,
            @Nullable String projectId,
            @Nullable String projectName,
            @Nullable String projectDomainId,
            @Nullable String projectDomainName,
            @Nullable String scopeDomainId,
            @Nullable String scopeDomainName,
            boolean systemScope,
            List<String> roles,
            @Nullable String applicationCredentialId,
            Instant issuedAt,
            Instant expiresAt) {
        this(
                auditIds,
                methods,
                userId,
                userName,
                userDomainId,
                userDomainName,
                projectId,
                projectName,
                projectDomainId,
                projectDomainName,
                scopeDomainId,
                scopeDomainName,
                systemScope,
                roles,
                applicationCredentialId,
                issuedAt,
                expiresAt,
                null,
                null,
                null,
                null);
    }

    /** Whether the token may be used for the request at all; its roles are another question. */
    public boolean permits(String service, String method, String path) {
        return accessRules == null || accessRules.stream().anyMatch(rule -> rule.permits(service, method, path));
    }

    /** Whether its bearer was lent some rights, rather than logged in as somebody: what it may do does not grow. */
    public boolean isDelegated() {
        return applicationCredentialId != null || trust != null || isOfProgram() || isView();
    }

    /** Whether a program made it with what a user let it have (OAuth 1.0a): its chain then goes back to the access token. */
    public boolean isOfProgram() {
        return methods.contains(OAUTH);
    }

    /** Whether its bearer looks as a customer sees it, and may change nothing. */
    public boolean isView() {
        return viewing != null;
    }

    public String auditId() {
        return auditIds.getFirst();
    }
}
