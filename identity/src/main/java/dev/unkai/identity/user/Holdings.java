package dev.unkai.identity.user;

import dev.unkai.base.openapi.Shape;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody can work with here. All of it is void while the account is disabled, and gone with it when it is removed; what it made (servers, networks,
 * images) belongs to the project and stays.
 *
 * @param sessions open log-ins, of the console and by API
 * @param vpnSessions open tunnels
 * @param accessKeys EC2-style keys
 * @param secondFactors passkeys and authenticator apps
 * @param trusts what was lent to others, or by others to this one
 * @param lastMaster whether nobody else could manage the contract's users
 */
@Shape(name = "Holdings")
record Holdings(
        Who user,
        int sessions,
        int vpnSessions,
        List<Credential> applicationCredentials,
        int accessKeys,
        int secondFactors,
        List<Lent> trusts,
        List<Program> programs,
        List<String> groups,
        boolean lastMaster) {
    record Who(
            String id,
            String name,
            String description,
            @Nullable String email,
            boolean enabled) {}

    /** An application credential. @param expiresAt null: it does not end by itself */
    record Credential(String name, String project, @Nullable Instant expiresAt) {}

    /** A trust. @param to and from whom, by name */
    record Lent(String from, String to, String project) {}

    /** A program that was given rights (OAuth 1.0a). */
    record Program(String name, String project) {}
}
