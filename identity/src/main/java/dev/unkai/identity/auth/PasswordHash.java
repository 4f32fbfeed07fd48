package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) with the parameters that OWASP's password storage sheet gives as its first choice. Only so many
 * run at a time: each holds 19 MiB, and more of them than processors would finish no sooner.
 */
public final class PasswordHash {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final Argon2id ARGON2ID = new Argon2id(MEMORY_KIB, PASSES);
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int WAITING_AT_MOST = 200;
    private static final long LONGEST_WAIT_SECONDS = 15;
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";

    private final SecureRandom random = new SecureRandom();
    private final Semaphore places;
    private final String nobodys;

    /** @param atATime how many hashes may be worked out at the same time */
    public PasswordHash(int atATime) {
        this.places = new Semaphore(atATime, true);
        this.nobodys = hash(new String(new char[] {'n', 'o', 'b', 'o', 'd', 'y'}));
    }

    /** The hash of a password as a PHC string. Throws a refusal when too many others wait. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return PREFIX + text(salt) + "$" + text(work(password, salt));
    }

    /**
     * Whether the password is the one of the hash. Without a hash (no such account, no password) it works as long and
     * answers no, so that time does not tell who exists.
     */
    public boolean matches(String password, @Nullable String hash) {
        String known = hash == null ? nobodys : hash;
        String[] parts = known.split("\\$");
        if (!known.startsWith(PREFIX) || parts.length != 6) {
            throw new IllegalStateException("A stored password hash has an unknown form");
        }
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] actual = work(password, Base64.getDecoder().decode(parts[4]));
        return MessageDigest.isEqual(expected, actual) && hash != null;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] work(String password, byte[] salt) {
        takePlace();
        try {
            return ARGON2ID.hash(password.getBytes(StandardCharsets.UTF_8), salt, HASH_BYTES);
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (places.getQueueLength() >= WAITING_AT_MOST
                    || !places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Refusal.unavailable("Too many log-ins are under way. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("The service is stopping. Try again in a moment.");
        }
    }
}
