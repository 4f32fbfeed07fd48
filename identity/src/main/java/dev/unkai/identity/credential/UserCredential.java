package dev.unkai.identity.credential;

import dev.unkai.base.event.Confidential;
import dev.unkai.identity.api.Extra;
import org.jspecify.annotations.Nullable;

/**
 * A secret that somebody keeps with us for another service.
 *
 * @param type {@code ec2}, {@code cert}, … : whatever its reader knows
 * @param blob the secret, as its type has it; for {@code ec2} a JSON object with {@code access} and {@code secret}
 */
public record UserCredential(
        String id,
        String accountId,
        @Nullable String projectId,
        String type,
        @Confidential String blob,
        Extra extra) {
    public static final String EC2 = "ec2";

    @Override
    public String toString() {
        return type + " " + id;
    }
}
