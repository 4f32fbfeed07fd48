package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** The one policy check: before any handler runs, its action is held against the caller's roles; a refusal is recorded. */
final class AllowInterceptor implements HandlerInterceptor {
    static final String CALLER = "dev.unkai.caller";

    private final TokenGate gate;
    private final Access access;
    private final RefusalRecorder recorder;
    private final ScopeGate scopes;
    private final ProofAge proofs;

    AllowInterceptor(TokenGate gate, Access access, RefusalRecorder recorder, ScopeGate scopes, ProofAge proofs) {
        this.gate = gate;
        this.access = access;
        this.recorder = recorder;
        this.scopes = scopes;
        this.proofs = proofs;
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
        if (allow.value().equals(Allow.PUBLIC)) {
            return true;
        }
        if (allow.value().equals(Allow.PEERS)) {
            String peer = Peer.process(request);
            if (peer == null || !List.of(allow.peers()).contains(peer)) {
                recorder.noToken(request, "peer:" + request.getMethod());
                throw Refusal.forbidden("Only other parts of the service may ask for this.");
            }
            return true;
        }
        Optional<TokenClaims> claims = gate.claims(request);
        if (claims.isEmpty()) {
            recorder.noToken(request, allow.value());
            throw Refusal.unauthorized("The request you have made requires authentication.");
        }
        Caller caller = new Caller(claims.get(), Peer.address(request), Peer.agent(request), Peer.requestId(request));
        if (!gate.lets(claims.get(), request)) {
            recorder.refused(caller, request, allow.value(), SourceCheck.REASON);
            response.setHeader(SourceCheck.HEADER, SourceCheck.CODE);
            throw SourceCheck.refusal(request);
        }
        request.setAttribute(CALLER, caller);
        if (access.projectNeeded() && caller.projectOrNull() == null) {
            recorder.refused(caller, request, allow.value(), "no project scope");
            throw Refusal.forbidden("This token has no project. Log in with a project scope and try again.");
        }
        Optional<Refusal> barred = scopes.refusal(caller);
        if (barred.isPresent()) {
            recorder.refused(caller, request, allow.value(), barred.get().sentence());
            throw barred.get();
        }
        if (allow.value().equals(Allow.ANY_TOKEN)) {
            return true;
        }
        if (!access.policy().permits(allow.value(), caller.token().roles())) {
            recorder.refused(caller, request, allow.value(), "role too small");
            throw Refusal.forbidden("Policy doesn't allow " + allow.value() + " to be performed.");
        }
        proofs.need(caller, allow.value(), request, response);
        return true;
    }
}
