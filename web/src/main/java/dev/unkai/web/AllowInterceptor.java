package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.access.Role.Side;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** The one policy check: before any handler runs, its action is held against the caller's roles; a refusal is recorded. */
final class AllowInterceptor implements HandlerInterceptor {
    static final String CALLER = "dev.unkai.caller";

    /** The answers to a request that names what is not there for its caller. */
    private static final Set<Refusal.Kind> MAY_HIDE =
            Set.of(Refusal.Kind.NOT_FOUND, Refusal.Kind.INVALID, Refusal.Kind.CONFLICT);

    private final TokenGate gate;
    private final Access access;
    private final RefusalRecorder recorder;
    private final ScopeGate scopes;
    private final ProofAge proofs;
    private final ViewingRule viewing;
    private final Supplier<Optional<OthersThings>> others;
    private final RefusalShape shape;

    AllowInterceptor(
            TokenGate gate,
            Access access,
            RefusalRecorder recorder,
            ScopeGate scopes,
            ProofAge proofs,
            ViewingRule viewing,
            Supplier<Optional<OthersThings>> others,
            RefusalShape shape) {
        this.gate = gate;
        this.access = access;
        this.recorder = recorder;
        this.scopes = scopes;
        this.proofs = proofs;
        this.viewing = viewing;
        this.others = others;
        this.shape = shape;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true; // static files
        }
        Allow allow = method.getMethodAnnotation(Allow.class);
        if (allow == null) {
            return true; // Spring's own error page; ours cannot start without one (WebRules)
        }
        String action = allow.value();
        if (action.equals(Allow.PUBLIC)) {
            return true;
        }
        if (action.equals(Allow.PEERS)) {
            String peer = Peer.process(request);
            if (peer == null || !List.of(allow.peers()).contains(peer)) {
                recorder.noToken(request, "peer:" + request.getMethod());
                throw Refusal.forbidden("Only other parts of the service may ask for this.");
            }
            return true;
        }
        Optional<TokenClaims> claims = gate.claims(request);
        if (claims.isEmpty()) {
            recorder.noToken(request, action);
            throw Refusal.unauthorized(
                    gate.isLimited(request)
                            ? "This token is good for some requests only, and this is none of them. It is of an application"
                                    + " credential with access rules, or of an account that has to set up a second factor"
                                    + " first: do that on the log-in page of the console."
                            : "The request you have made requires authentication.");
        }
        Optional<Side> side = access.policy().side(action, claims.get().roles());
        Caller caller = caller(claims.get(), request, action, side);
        if (!gate.lets(claims.get(), request)) {
            recorder.refused(caller, request, action, SourceCheck.REASON);
            response.setHeader(SourceCheck.HEADER, SourceCheck.CODE);
            throw SourceCheck.refusal(request);
        }
        request.setAttribute(CALLER, caller);
        viewing.need(caller, action, request, response);
        if (access.projectNeeded() && caller.projectOrNull() == null) {
            recorder.refused(caller, request, action, "no project scope");
            throw Refusal.forbidden("This token has no project. Log in with a project scope and try again.");
        }
        Optional<Refusal> barred = scopes.refusal(caller);
        if (barred.isPresent()) {
            recorder.refused(caller, request, action, barred.get().sentence());
            throw barred.get();
        }
        if (action.equals(Allow.ANY_TOKEN)) {
            return true;
        }
        if (side.isEmpty()) {
            recorder.refused(caller, request, action, "role too small");
            throw shape.instead(caller, request)
                    .orElseGet(() -> Refusal.forbidden("Policy doesn't allow " + action + " to be performed."));
        }
        proofs.need(caller, action, request, response);
        viewing.note(caller, action, request);
        return true;
    }

    /** What a handler itself refuses is recorded as well, before it is answered: a right that only it could decide about, and somebody else's thing. */
    void record(HttpServletRequest request, @Nullable Object handler, Exception failure) {
        Caller caller = Peer.caller(request);
        Refusal refusal = SharedErrors.refusalIn(failure).orElse(null);
        Allow allow = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Allow.class) : null;
        if (caller == null || refusal == null || allow == null) {
            return;
        }
        if (refusal.kind() == Refusal.Kind.FORBIDDEN) {
            recorder.refused(caller, request, allow.value(), refusal.sentence());
        } else if (!caller.isAdmin() && MAY_HIDE.contains(refusal.kind())) {
            Set<UUID> named = NamedIds.of(request);
            if (!named.isEmpty()) {
                others.get()
                        .ifPresent(
                                known -> recorder.missed(caller, request, allow.value(), known.isAnyOf(caller, named)));
            }
        }
    }

    /** For a handler that is open to any token the policy has no line, and decides nothing. */
    private static Caller caller(TokenClaims claims, HttpServletRequest request, String action, Optional<Side> side) {
        String address = Peer.address(request);
        String agent = Peer.agent(request);
        String id = Peer.requestId(request);
        return action.equals(Allow.ANY_TOKEN)
                ? new Caller(claims, address, agent, id)
                : new Caller(claims, address, agent, id, side.equals(Optional.of(Side.PROVIDER)));
    }
}
