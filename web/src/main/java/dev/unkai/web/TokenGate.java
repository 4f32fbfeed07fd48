package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.wire.origin.IpAddress;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.origin.SourceRules.Bearer;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a request's token comes from: the header of API clients, or the console's cookie, which counts only beside the
 * header that another site's page cannot send (cross-site request forgery).
 */
public final class TokenGate {
    public static final String COOKIE = "__Host-unkai";
    public static final String CONSOLE_HEADER = "X-Unkai-Console";

    private final TokenVerifier verifier;
    private final BooleanSupplier informed;
    private final SourceRules sourceRules;
    private final Sightings sightings;

    /** For a process that knows its keys and what was taken back before it takes requests. */
    public TokenGate(TokenVerifier verifier) {
        this(verifier, verifier::hasKeys, new SourceRules(), new Sightings(InstantSource.system()));
    }

    /**
     * @param informed whether the verifier has what it needs to tell good tokens from others, and the rules are known
     * @param sourceRules where one may come from
     * @param sightings where it is noted that a session was used
     */
    public TokenGate(TokenVerifier verifier, BooleanSupplier informed, SourceRules sourceRules, Sightings sightings) {
        this.verifier = verifier;
        this.informed = informed;
        this.sourceRules = sourceRules;
        this.sightings = sightings;
    }

    /** The token as it was sent, good or not; null when there is none. */
    public @Nullable String sent(HttpServletRequest request) {
        String header = request.getHeader("X-Auth-Token");
        if (header != null) {
            return header;
        }
        if (request.getHeader(CONSOLE_HEADER) == null || request.getCookies() == null) {
            return null;
        }
        for (Cookie cookie : request.getCookies()) {
            if (cookie.getName().equals(COOKIE)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /**
     * What a good token says; empty when there is none that is good.
     *
     * @throws Refusal unavailable, when no token can be checked yet: it would be wrong to call a good one bad, its owner would log in again
     */
    public Optional<TokenClaims> claims(HttpServletRequest request) {
        String token = sent(request);
        if (token == null) {
            return Optional.empty();
        }
        if (!informed.getAsBoolean()) {
            throw Refusal.unavailable("The service is starting and cannot check tokens yet. Try again in a moment.");
        }
        return verifier.verify(token).filter(claims -> permits(claims, request));
    }

    /** Whether the token is a good one, but limited to other requests than this: its bearer has to be told why it does nothing here. */
    boolean isLimited(HttpServletRequest request) {
        String token = sent(request);
        return token != null
                && informed.getAsBoolean()
                && verifier.verify(token).isPresent();
    }

    /** Whether the bearer of the token may come from where the request does; if so, the session is noted as used. */
    boolean lets(TokenClaims claims, HttpServletRequest request) {
        boolean permitted = SourceCheck.permits(sourceRules, Bearer.of(claims), request);
        if (permitted) {
            sightings.note(claims, Peer.address(request));
        }
        return permitted;
    }

    /**
     * Whether what let the request in would let it in still: for requests that last, to be asked again and again. It notes no use of the session, for nobody
     * does anything.
     */
    public BooleanSupplier standing(HttpServletRequest request) {
        String token = String.valueOf(sent(request));
        IpAddress source = Peer.source(request);
        boolean local = Peer.isLocal(request);
        return () -> verifier.verify(token)
                .filter(claims -> SourceCheck.permits(sourceRules, Bearer.of(claims), source, local))
                .isPresent();
    }

    /**
     * The first part of an address names the service, the rest is the path below its endpoint, as access rules have it.
     * Asking what a token says is always allowed.
     */
    private static boolean permits(TokenClaims claims, HttpServletRequest request) {
        if (claims.accessRules() == null) {
            return true;
        }
        String address = request.getRequestURI();
        int slash = address.indexOf('/', 1);
        String service = slash < 0 ? address.substring(1) : address.substring(1, slash);
        String path = slash < 0 ? "" : address.substring(slash);
        return (service.equals("identity")
                        && path.equals("/v3/auth/tokens")
                        && request.getMethod().equals("GET"))
                || claims.permits(service, request.getMethod(), path);
    }
}
