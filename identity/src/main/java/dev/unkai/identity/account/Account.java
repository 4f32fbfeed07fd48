package dev.unkai.identity.account;

import dev.unkai.base.event.Confidential;
import dev.unkai.base.event.Unrecorded;
import dev.unkai.identity.api.Extra;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person or a program that can log in (the API says user).
 *
 * @param usable whether both the account and its domain are enabled
 * @param options what holds for this account alone, as the API says it
 * @param passwordHash PHC string; null when the account cannot log in by password
 */
public record Account(
        String id,
        String domainId,
        @Unrecorded String domainName,
        String name,
        String description,
        @Nullable String email,
        boolean enabled,
        @Unrecorded boolean usable,
        @Nullable String defaultProjectId,
        @Confidential @Nullable String passwordHash,
        @Nullable Instant passwordExpiresAt,
        AccountOptions options,
        Extra extra) {
    /** The same, with a password that only those who manage the account replace. */
    public Account withLockedPassword() {
        return new Account(
                id,
                domainId,
                domainName,
                name,
                description,
                email,
                enabled,
                usable,
                defaultProjectId,
                passwordHash,
                passwordExpiresAt,
                options.withLockedPassword(),
                extra);
    }

    /** The same, written to at another address. */
    public Account withEmail(String fresh) {
        return new Account(
                id,
                domainId,
                domainName,
                name,
                description,
                fresh,
                enabled,
                usable,
                defaultProjectId,
                passwordHash,
                passwordExpiresAt,
                options,
                extra);
    }

    Account withEnabled(boolean fresh) {
        return new Account(
                id,
                domainId,
                domainName,
                name,
                description,
                email,
                fresh,
                fresh,
                defaultProjectId,
                passwordHash,
                passwordExpiresAt,
                options,
                extra);
    }

    @Override
    public String toString() {
        return name + "@" + domainName + " (" + id + ")";
    }
}
