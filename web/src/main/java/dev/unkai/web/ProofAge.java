package dev.unkai.web;

import dev.unkai.base.Refusal;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Before an act that destroys something or changes who may do what, a session of the console must have shown not long ago who works in it: an open
 * screen or a stolen cookie is not enough. Which acts, and how long ago, the policy says. Tokens of programs carry no such instant and are not asked.
 */
@Component
public final class ProofAge {
    /** The refusal's name for programs, in its body where the API has a place for it and in the header X-Unkai-Refusal. */
    public static final String CODE = "ProofTooOld";

    private static final String REASON = "the proof of who it is was too old";

    private final Access access;
    private final RefusalRecorder recorder;
    private final Clock clock;

    public ProofAge(Access access, RefusalRecorder recorder, Clock clock) {
        this.access = access;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** Throws a recorded refusal when the proof is too old for the action. For a right that is only decided inside of a handler. */
    public void need(Caller caller, String action) {
        ServletRequestAttributes current =
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        ? request
                        : null;
        if (current != null) {
            need(caller, action, current.getRequest(), current.getResponse());
        }
    }

    void need(Caller caller, String action, HttpServletRequest request, @Nullable HttpServletResponse response) {
        Instant proved = caller.token().provedAt();
        if (proved == null
                || !access.policy().wantsFreshProof(action)
                || proved.plus(access.policy().proofLife()).isAfter(clock.instant())) {
            return;
        }
        recorder.refused(caller, request, action, REASON);
        if (response != null) {
            response.setHeader(SourceCheck.HEADER, CODE);
        }
        throw new Refusal(Refusal.Kind.FORBIDDEN, CODE, sentence(request));
    }

    private String sentence(HttpServletRequest request) {
        long minutes = access.policy().proofLife().toMinutes();
        return SourceCheck.speaksJapanese(request)
                ? "この操作の前に、ご本人であることをもう一度確認します。パスワードまたは二要素認証のコードを入力してください（前回の確認から " + minutes + " 分を過ぎています）。"
                : "Before this, show once more who you are: enter your password, or a code of your second factor. The last time"
                        + " was more than " + minutes + " minutes ago.";
    }
}
