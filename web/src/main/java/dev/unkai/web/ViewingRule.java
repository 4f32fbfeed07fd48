package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.ViewingClaim;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What one of the provider's people may ask for who sees the service as a customer does: only what the policy names for it, and of that nothing that changes. Each
 * thing that he looks at stands in the customer's history, once for each view: pages ask again and again by themselves.
 */
@Component
public final class ViewingRule {
    /** The refusal's name for programs, in its body where the API has a place for it and in the header X-Unkai-Refusal. */
    public static final String CODE = "ViewIsReadOnly";

    private static final Set<String> LOOKING = Set.of("GET", "HEAD");
    private static final String REASON = "a view as customer only looks";
    private static final String ACTION = "viewing/look";

    /** More than these are recorded anew: what is forgotten is told twice, never not at all. */
    private static final int MOST_REMEMBERED = 20_000;

    private final Access access;
    private final RefusalRecorder recorder;
    private final Transactions transactions;
    private final Clock clock;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public ViewingRule(Access access, RefusalRecorder recorder, Transactions transactions, Clock clock) {
        this.access = access;
        this.recorder = recorder;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Throws a recorded refusal for what a view may not ask for. */
    void need(Caller caller, String action, HttpServletRequest request, HttpServletResponse response) {
        if (!caller.token().isView()
                || access.policy().isOfView(action)
                || (access.policy().isViewed(action) && LOOKING.contains(request.getMethod()))) {
            return;
        }
        recorder.refused(caller, request, action, REASON);
        response.setHeader(SourceCheck.HEADER, CODE);
        throw new Refusal(Refusal.Kind.FORBIDDEN, CODE, sentence(SourceCheck.speaksJapanese(request)));
    }

    /** Records a look that was let through, before anything is shown. */
    void note(Caller caller, String action, HttpServletRequest request) {
        ViewingClaim viewing = caller.token().viewing();
        if (viewing == null || access.policy().isOfView(action)) {
            return;
        }
        CadfEvent.Target target = RefusalRecorder.target(request, caller.projectOrNull());
        String look = viewing.id() + " " + target.id();
        if (seen.contains(look)) {
            return;
        }
        transactions.doAsSystem(db -> db.record(CadfEvent.by(caller, ACTION, target, clock.instant())));
        if (seen.size() >= MOST_REMEMBERED) {
            seen.clear();
        }
        seen.add(look);
    }

    static String sentence(boolean japanese) {
        return japanese
                ? "お客様の画面を閲覧しています。閲覧だけができ、変更はできません。コンソール、イメージの中身、秘密の情報、アカウント、書き出しも対象外です。"
                        + "操作が必要な場合は、画面上部の「閲覧を終了」を押し、緊急アクセスを申請してください。"
                : "This is a view as customer, read-only: nothing is changed in it. Consoles, what is in images, secrets, accounts and exports"
                        + " are no part of it. If something has to be done, end the view (the bar at the top of the console) and ask for"
                        + " break-glass access.";
    }
}
