package dev.unkai.gateway;

import dev.unkai.base.Ids;
import dev.unkai.gateway.IdentityLink.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log-ins in two steps: the password first, then the code that the account needs beside it. In between the password is in this process's
 * memory alone, for two minutes at most; a gateway that dies forgets it, and the user begins anew.
 */
final class Conversations {
    private static final Logger log = LoggerFactory.getLogger(Conversations.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_PENDING = 1_000;

    private static final String ASK_CODE = "Code of your authenticator app / 認証アプリのコード";
    private static final String ASK_AGAIN =
            "The code is not right or was used before. Wait for the next one / コードが正しくないか使用済みです。次のコードを入力してください";
    private static final String BEGIN_ANEW = "The log-in took too long. Begin anew. / 時間切れです。最初からやり直してください。";
    private static final String NO_IDENTITY =
            "Log-ins cannot be checked at the moment. Try again in a minute. / 現在ログインを確認できません。" + "しばらくしてからやり直してください。";

    private final IdentityLink identity;
    private final InstantSource clock;
    private final Map<String, Pending> pending = new HashMap<>();

    private record Pending(String user, String password, String address, Instant until) {}

    /** What the VPN server is told. */
    sealed interface Reply {
        record Accept(InetAddress inner) implements Reply {}

        record Challenge(String state, String prompt) implements Reply {}

        record Reject(String sentence) implements Reply {}
    }

    Conversations(IdentityLink identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * Answers one step.
     *
     * @param text the password, or in the second step the code
     * @param state what the first step's answer said, in the second
     */
    Reply answer(String user, String text, Optional<String> state, String address, String agent) {
        if (state.isEmpty()) {
            return ask(user, text, Optional.empty(), address, agent);
        }
        Optional<Pending> begun = take(state.get());
        // Only who has begun it goes on with it.
        if (begun.isEmpty()
                || !begun.get().user().equals(user)
                || !begun.get().address().equals(address)) {
            return new Reply.Reject(BEGIN_ANEW);
        }
        return ask(user, begun.get().password(), Optional.of(text), address, agent);
    }

    private Reply ask(String user, String password, Optional<String> code, String address, String agent) {
        try {
            return switch (identity.logIn(user, password, code, address, agent)) {
                case Verdict.Granted(InetAddress inner) -> new Reply.Accept(inner);
                case Verdict.Refused(String sentence) -> new Reply.Reject(sentence);
                case Verdict.CodeNeeded(boolean again) ->
                    keep(new Pending(user, password, address, clock.instant().plus(PATIENCE)))
                            .<Reply>map(key -> new Reply.Challenge(key, again ? ASK_AGAIN : ASK_CODE))
                            .orElseGet(() -> new Reply.Reject(NO_IDENTITY));
            };
        } catch (IOException | IllegalStateException e) {
            log.warn("Identity did not say whether somebody may open a tunnel: {}", e.toString());
            return new Reply.Reject(NO_IDENTITY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Reject(NO_IDENTITY);
        }
    }

    /** Empty when too many have begun and not gone on. */
    private synchronized Optional<String> keep(Pending begun) {
        pending.values().removeIf(one -> one.until().isBefore(clock.instant()));
        if (pending.size() >= MOST_PENDING) {
            return Optional.empty();
        }
        String key = Ids.secret(24);
        pending.put(key, begun);
        return Optional.of(key);
    }

    private synchronized Optional<Pending> take(String key) {
        return Optional.ofNullable(pending.remove(key))
                .filter(one -> one.until().isAfter(clock.instant()));
    }
}
