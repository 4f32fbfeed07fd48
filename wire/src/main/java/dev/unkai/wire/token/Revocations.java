package dev.unkai.wire.token;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What identity has taken back, as far as this process has heard of it. */
public final class Revocations {
    /** What a revocation is about. */
    public enum Subject {
        /** One token, by its first audit id. */
        TOKEN,
        /** All tokens that go back to one log-in, by the last audit id. */
        CHAIN,
        USER,
        PROJECT,
        DOMAIN,
        /** A user in a project: {@code userId/projectId}. */
        USER_IN_PROJECT,
        APPLICATION_CREDENTIAL
    }

    /** One revocation: tokens of the subject issued at or before the instant are no longer good. */
    public record Revocation(long number, Subject subject, String id, Instant issuedBefore) {}

    private record Key(Subject subject, String id) {}

    private final Map<Key, Instant> known = new ConcurrentHashMap<>();
    private volatile long newest;

    public void learn(Revocation revocation) {
        known.merge(
                new Key(revocation.subject(), revocation.id()),
                revocation.issuedBefore(),
                (old, fresh) -> old.isAfter(fresh) ? old : fresh);
        newest = Math.max(newest, revocation.number());
    }

    /** The number of the newest revocation heard of; 0 at first. */
    public long newest() {
        return newest;
    }

    /** Drops what no living token can match any more. */
    public void forgetBefore(Instant instant) {
        known.values().removeIf(issuedBefore -> issuedBefore.isBefore(instant));
    }

    public boolean covers(TokenClaims claims) {
        return covers(Subject.TOKEN, claims.auditId(), claims)
                || covers(Subject.CHAIN, claims.auditIds().getLast(), claims)
                || covers(Subject.USER, claims.userId(), claims)
                || covers(Subject.DOMAIN, claims.userDomainId(), claims)
                || covers(Subject.PROJECT, claims.projectId(), claims)
                || covers(Subject.DOMAIN, claims.projectDomainId(), claims)
                || covers(Subject.DOMAIN, claims.scopeDomainId(), claims)
                || covers(Subject.USER_IN_PROJECT, claims.userId() + "/" + claims.projectId(), claims)
                || covers(Subject.APPLICATION_CREDENTIAL, claims.applicationCredentialId(), claims)
                || coversParties(claims)
                || coversViewer(claims);
    }

    /** A view ends with the right that it was opened by. */
    private boolean coversViewer(TokenClaims claims) {
        ViewingClaim viewing = claims.viewing();
        return viewing != null
                && (covers(Subject.USER_IN_PROJECT, claims.userId() + "/" + viewing.fromProjectId(), claims)
                        || covers(Subject.PROJECT, viewing.fromProjectId(), claims)
                        || covers(Subject.DOMAIN, viewing.fromDomainId(), claims));
    }

    /** A trust is worth nothing without any of those who stand behind it, whoever's name is on the token. */
    private boolean coversParties(TokenClaims claims) {
        TrustClaim trust = claims.trust();
        return trust != null
                && (trust.parties().stream().anyMatch(party -> covers(Subject.USER, party, claims))
                        || covers(Subject.USER_IN_PROJECT, trust.ownerId() + "/" + claims.projectId(), claims));
    }

    private boolean covers(Subject subject, @Nullable String id, TokenClaims claims) {
        if (id == null || known.isEmpty()) {
            return false;
        }
        Instant issuedBefore = known.get(new Key(subject, id));
        return issuedBefore != null && !claims.issuedAt().isAfter(issuedBefore);
    }
}
