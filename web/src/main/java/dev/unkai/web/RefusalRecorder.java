package dev.unkai.web;

import dev.unkai.base.data.Transactions;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Records every refused request as one event: who (as far as known), from where, what was tried, why it was refused.
 * Whoever notices first records; the same request is not recorded twice.
 */
@Component
public final class RefusalRecorder {
    private static final String RECORDED = "dev.unkai.refusal-recorded";
    private static final int LONGEST_PATH = 300;

    private final Transactions transactions;
    private final Clock clock;

    public RefusalRecorder(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Without a token, or with one that is forged, expired or revoked. */
    public void noToken(HttpServletRequest request, String action) {
        if (isRecorded(request)) {
            return;
        }
        write(CadfEvent.byUnknown(
                        "unknown",
                        Peer.address(request),
                        Peer.agent(request),
                        action,
                        target(request, null),
                        clock.instant(),
                        Peer.requestId(request))
                .failed("401", "no valid token"));
    }

    /** A known caller who may not. */
    public void refused(Caller caller, HttpServletRequest request, String action, String why) {
        if (isRecorded(request)) {
            return;
        }
        write(CadfEvent.by(caller, action, target(request, caller.projectOrNull()), clock.instant())
                .failed("403", why));
    }

    /**
     * A known caller who named what is not there for him. Where it is another customer's thing, this stands in the provider's history alone: in the caller's own it
     * would tell what exists. Where it is nobody's, what was written is taken back before anybody reads it: so the answer takes the same time (decision 0107).
     */
    public void missed(Caller caller, HttpServletRequest request, String action, boolean anothers) {
        if (isRecorded(request)) {
            return;
        }
        CadfEvent.Initiator who = new CadfEvent.Initiator(
                caller.user(),
                "service/security/account/user",
                caller.token().userName(),
                null,
                caller.token().userDomainId(),
                new CadfEvent.Host(caller.address(), caller.agent()));
        CadfEvent event = CadfEvent.by(who, action, target(request, null), clock.instant(), caller.requestId())
                .failed("404", "another customer's thing");
        transactions.doAsSystem(db -> db.record(event, anothers));
    }

    /** Says that a refusal of this request is recorded by its handler, or by the process that it is handed on to, with more than we know here. */
    public static void isRecordedElsewhere(HttpServletRequest request) {
        request.setAttribute(RECORDED, true);
    }

    private static boolean isRecorded(HttpServletRequest request) {
        boolean before = request.getAttribute(RECORDED) != null;
        request.setAttribute(RECORDED, true);
        return before;
    }

    /** Any other refusal that a process describes itself, such as a wrong password. */
    public void write(CadfEvent event) {
        transactions.doAsSystem(db -> db.record(event));
    }

    /** The request that was made, without what stands behind its question mark. */
    static CadfEvent.Target target(HttpServletRequest request, @org.jspecify.annotations.Nullable String project) {
        String path = request.getMethod() + " " + request.getRequestURI();
        return new CadfEvent.Target(
                path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path,
                "service/request",
                null,
                project);
    }
}
