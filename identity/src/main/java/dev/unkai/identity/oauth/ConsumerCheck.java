package dev.unkai.identity.oauth;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says whether a signed request is of the consumer that it names, fresh, and seen for the first time (RFC 5849, 3.2). */
@Component
final class ConsumerCheck {
    /** As far as the clocks of clients may be off, like the reference. */
    private static final Duration DRIFT = Duration.ofMinutes(10);

    private static final int LONGEST_NONCE = 128;

    private final ConsumerStore consumers;
    private final OauthTokenStore tokens;
    private final Clock clock;

    ConsumerCheck(ConsumerStore consumers, OauthTokenStore tokens, Clock clock) {
        this.consumers = consumers;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Counts the request as seen.
     *
     * @param tokenSecret of the token that it names, or empty
     * @throws Refusal invalid, when it lacks what every signed request has
     */
    boolean isOfConsumer(Db db, SignedRequest request, String tokenSecret) {
        String consumer = request.needs("oauth_consumer_key");
        String nonce = request.said().getOrDefault("oauth_nonce", "");
        Long stamp = request.stamp();
        String version = request.said().getOrDefault("oauth_version", "1.0");
        if (request.said().getOrDefault("oauth_signature", "").isEmpty()
                || stamp == null
                || nonce.isEmpty()
                || nonce.length() > LONGEST_NONCE
                || !version.equals("1.0")
                || !RequestSignature.isKnown(request.said().getOrDefault("oauth_signature_method", ""))) {
            throw Refusal.invalid(
                    "Validation failed with errors: invalid_request, detail message is: A request is signed by"
                            + " oauth_signature_method HMAC-SHA1 or HMAC-SHA256, with oauth_timestamp, oauth_nonce and"
                            + " oauth_signature.");
        }
        if (Math.abs(clock.instant().getEpochSecond() - stamp) > DRIFT.toSeconds()) {
            throw Refusal.invalid(
                    "Validation failed with errors: invalid_request, detail message is: The oauth_timestamp is"
                            + " more than " + DRIFT.toMinutes() + " minutes off. Check the clock of the client.");
        }
        Optional<String> secret = consumers.secret(db, consumer);
        return secret.isPresent()
                && RequestSignature.isRight(request, secret.get(), tokenSecret)
                && tokens.takeNonce(db, consumer, stamp, nonce);
    }
}
