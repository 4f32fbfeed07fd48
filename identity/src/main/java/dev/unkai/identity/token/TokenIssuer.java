package dev.unkai.identity.token;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.wire.token.AccessRule;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TrustClaim;
import dev.unkai.wire.token.ViewingClaim;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes tokens: decides nothing, writes down what the log-in decided. */
@Component
public final class TokenIssuer {
    private final SigningKeys keys;
    private final RevocationLog revocations;
    private final IdentitySettings settings;

    public TokenIssuer(SigningKeys keys, RevocationLog revocations, IdentitySettings settings) {
        this.keys = keys;
        this.revocations = revocations;
        this.settings = settings;
    }

    /** The scope of a new token, its things held until the transaction ends. */
    public sealed interface Target {
        record Unscoped() implements Target {}

        record OnProject(Project project) implements Target {}

        record OnDomain(Domain domain) implements Target {}

        record OnSystem() implements Target {}
    }

    /**
     * What a token is made from.
     *
     * @param parent the token it is exchanged for, or null after a real log-in
     * @param credentialId the application credential it is made with, or null
     * @param endsBy when the credential or the trust that it is made with ends, or null
     * @param accessRules the only requests it may be used for, or null
     * @param trust the trust it is made with, or null
     * @param chain the access token of a program that it is made with, or null
     */
    public record Grant(
            Account account,
            Target target,
            List<HeldRole> roles,
            List<String> methods,
            @Nullable TokenClaims parent,
            @Nullable String credentialId,
            @Nullable Instant endsBy,
            @Nullable List<AccessRule> accessRules,
            @Nullable TrustClaim trust,
            @Nullable String chain) {
        /** Of no program's access token. */
        public Grant(
                Account account,
                Target target,
                List<HeldRole> roles,
                List<String> methods,
                @Nullable TokenClaims parent,
                @Nullable String credentialId,
                @Nullable Instant endsBy,
                @Nullable List<AccessRule> accessRules,
                @Nullable TrustClaim trust) {
            this(account, target, roles, methods, parent, credentialId, endsBy, accessRules, trust, null);
        }

        /** The bearer's own, with nothing that limits it. */
        public Grant(Account account, Target target, List<HeldRole> roles, List<String> methods) {
            this(account, target, roles, methods, null, null, null, null, null, null);
        }
    }

    /** A token and what it says. */
    public record Issued(String token, TokenClaims claims) {}

    /**
     * The account and the target must be held by the transaction.
     *
     * @param consoleEnd when a token of the console ends; null for any other, which lives as long as a log-in
     * @param provedAt when its bearer last showed who he is in a session of the console; null for any other
     */
    public Issued issue(Db db, Grant grant, @Nullable Instant consoleEnd, @Nullable Instant provedAt) {
        Account account = grant.account();
        Project project = grant.target() instanceof Target.OnProject(Project held) ? held : null;
        Instant issuedAt = revocations.issueTime(db, account.id(), project == null ? null : project.id());
        TokenClaims claims = claims(
                grant,
                auditIds(Ids.secret(16), grant),
                grant.roles().stream().map(HeldRole::name).toList(),
                issuedAt,
                expiry(grant, issuedAt, consoleEnd),
                provedAt,
                null);
        String token = keys.signer().sign(claims);
        if (token.length() > 8_000) {
            throw Refusal.invalid("This account has too many roles on this scope for one token.");
        }
        return new Issued(token, claims);
    }

    /**
     * A token by which its bearer looks at a project as a customer sees it. It goes back to the log-in of the opener, and is exchanged for nothing. The account and
     * the project must be held by the transaction.
     *
     * @param roles those of the view, whatever the bearer's are
     * @param opener the token that it is opened with
     */
    public Issued issueViewing(
            Db db,
            Account account,
            Project project,
            List<String> roles,
            TokenClaims opener,
            ViewingClaim viewing,
            Instant end) {
        TokenClaims claims = claims(
                new Grant(account, new Target.OnProject(project), List.of(), opener.methods()),
                List.of(Ids.secret(16), opener.auditIds().getLast()),
                roles,
                revocations.issueTime(db, account.id(), project.id()),
                end.truncatedTo(ChronoUnit.SECONDS),
                opener.provedAt(),
                viewing);
        return new Issued(keys.signer().sign(claims), claims);
    }

    private static TokenClaims claims(
            Grant grant,
            List<String> auditIds,
            List<String> roles,
            Instant issuedAt,
            Instant expiresAt,
            @Nullable Instant provedAt,
            @Nullable ViewingClaim viewing) {
        Account account = grant.account();
        Project project = grant.target() instanceof Target.OnProject(Project held) ? held : null;
        Domain domain = grant.target() instanceof Target.OnDomain(Domain held) ? held : null;
        return new TokenClaims(
                auditIds,
                grant.methods(),
                account.id(),
                account.name(),
                account.domainId(),
                account.domainName(),
                project == null ? null : project.id(),
                project == null ? null : project.name(),
                project == null ? null : project.domainId(),
                project == null ? null : project.domainName(),
                domain == null ? null : domain.id(),
                domain == null ? null : domain.name(),
                grant.target() instanceof Target.OnSystem,
                roles,
                grant.credentialId(),
                issuedAt,
                expiresAt,
                grant.accessRules(),
                grant.trust(),
                provedAt,
                viewing);
    }

    /**
     * Tokens of a trust, or of a program's access token, go back to that: when it is taken back, all of them are, by the name of their
     * chain.
     */
    private static List<String> auditIds(String own, Grant grant) {
        if (grant.trust() != null) {
            return List.of(own, grant.trust().id());
        }
        if (grant.chain() != null) {
            return List.of(own, grant.chain());
        }
        return grant.parent() == null
                ? List.of(own)
                : List.of(own, grant.parent().auditIds().getLast());
    }

    /** An exchanged token never outlives the log-in that it goes back to, nor the credential or trust it was made with. */
    private Instant expiry(Grant grant, Instant issuedAt, @Nullable Instant consoleEnd) {
        TokenClaims parent = grant.parent();
        Instant full = consoleEnd != null
                ? consoleEnd
                : parent == null ? issuedAt.plus(settings.tokenLife()) : parent.expiresAt();
        Instant limit = grant.endsBy();
        return (limit != null && limit.isBefore(full) ? limit : full).truncatedTo(ChronoUnit.SECONDS);
    }
}
