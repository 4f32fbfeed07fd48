package dev.unkai.identity.session;

import dev.unkai.base.data.Db;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.token.TokenIssuer;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Issued;
import dev.unkai.wire.token.TokenClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Issues a token and notes the session that it opens or goes on with. A token of the console lives for the idle limit only, and the console
 * exchanges it while its user works: so a session that nobody uses ends by itself, in every process, without a write at each request. No
 * exchange goes beyond the absolute limit.
 */
@Component
public final class SessionOpening {
    private final TokenIssuer issuer;
    private final SessionStore sessions;
    private final IdentitySettings settings;
    private final Clock clock;

    public SessionOpening(TokenIssuer issuer, SessionStore sessions, IdentitySettings settings, Clock clock) {
        this.issuer = issuer;
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /** The account and the target must be held by the transaction. */
    public Issued issue(Db db, Grant grant, Requester from) {
        return issue(db, grant, from, clock.instant());
    }

    /**
     * The account and the target must be held by the transaction.
     *
     * @param shownAt when the bearer of a new log-in showed who he is: now, or, at another issuer, some time ago
     */
    public Issued issue(Db db, Grant grant, Requester from, Instant shownAt) {
        Duration idle = from.console();
        Issued issued = issuer.issue(
                db,
                grant,
                idle == null ? null : consoleEnd(db, grant.parent(), idle),
                provedAt(grant.parent(), from, shownAt));
        TokenClaims claims = issued.claims();
        String session = claims.auditIds().getLast();
        if (grant.trust() != null || grant.chain() != null) {
            return issued; // belongs to the trust or to the program's access token, and ends with it
        }
        if (grant.parent() == null) {
            Instant at = claims.issuedAt();
            sessions.insert(
                    db,
                    new Session(
                            session,
                            claims.userId(),
                            claims.userName(),
                            claims.userDomainId(),
                            idle == null ? "api" : "console",
                            claims.methods().getFirst(),
                            claims.applicationCredentialId(),
                            from.address(),
                            from.agent(),
                            at,
                            at,
                            from.address(),
                            claims.expiresAt()),
                    at);
        } else {
            sessions.goesOn(db, session, claims.auditId(), from.address(), claims.issuedAt(), claims.expiresAt());
        }
        return issued;
    }

    /** Whatever a token of the console is exchanged for is as old a proof as that; a program's token is none. */
    private @Nullable Instant provedAt(@Nullable TokenClaims parent, Requester from, Instant shownAt) {
        if (parent == null) {
            return from.console() == null ? null : shownAt;
        }
        return parent.provedAt() != null && from.proves() ? clock.instant() : parent.provedAt();
    }

    /**
     * Null for what did not begin in the console: that ends as it would have.
     *
     * @param idle for how long the user has done nothing by now
     */
    private @Nullable Instant consoleEnd(Db db, @Nullable TokenClaims parent, Duration idle) {
        Instant now = clock.instant();
        if (parent == null) {
            return earlier(now.plus(settings.consoleIdle()), now.plus(settings.consoleLongest()));
        }
        Optional<Instant> since = sessions.consoleSince(db, parent.auditIds().getLast());
        if (since.isEmpty()) {
            return null;
        }
        Instant working = now.minus(idle).plus(settings.consoleIdle());
        // In another of the browser's tabs he may have done something since.
        Instant end = working.isBefore(parent.expiresAt()) ? parent.expiresAt() : working;
        return earlier(end, since.get().plus(settings.consoleLongest()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
