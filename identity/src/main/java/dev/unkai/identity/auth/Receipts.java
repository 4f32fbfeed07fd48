package dev.unkai.identity.auth;

import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.account.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes and checks receipts. Nothing is stored: every process has the key. The seal goes over the hash of the password too, so that a receipt ends with
 * the password that it was given for.
 */
@Component
final class Receipts {
    /** As long as the reference's are good. */
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final SecretKeySpec key;
    private final Clock clock;

    Receipts(KeySeal seal, Clock clock) {
        this.key = new SecretKeySpec(seal.derive(new byte[0], "log-in receipts").getEncoded(), "HmacSHA256");
        this.clock = clock;
    }

    /** For what the account has shown just now. */
    Receipt issue(Account account, List<String> methods) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(LIFE);
        String words = Receipt.words(account.id(), methods, now, end);
        return new Receipt(account.id(), methods, now, end, sealed(words, account.passwordHash()));
    }

    /**
     * Whether we wrote it and it is good still.
     *
     * @param passwordHash the account's by now; null for an account without one
     */
    boolean isGood(Receipt receipt, @Nullable String passwordHash) {
        String ours = sealed(
                Receipt.words(receipt.accountId(), receipt.methods(), receipt.issuedAt(), receipt.expiresAt()),
                passwordHash);
        return clock.instant().isBefore(receipt.expiresAt())
                && MessageDigest.isEqual(
                        ours.getBytes(StandardCharsets.UTF_8), receipt.text().getBytes(StandardCharsets.UTF_8));
    }

    private String sealed(String words, @Nullable String passwordHash) {
        byte[] said = words.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(said);
            mac.update((byte) '\n');
            byte[] seal = mac.doFinal(String.valueOf(passwordHash).getBytes(StandardCharsets.UTF_8));
            Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
            return text.encodeToString(said) + "." + text.encodeToString(seal);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("HMAC-SHA-256 is part of every Java platform", e);
        }
    }
}
