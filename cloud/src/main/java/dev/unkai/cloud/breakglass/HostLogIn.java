package dev.unkai.cloud.breakglass;

import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log-in on the machine of a host.
 *
 * @param user of the machine, as root
 * @param from address or name; empty: at the machine itself
 * @param access the access to the host that ran then; null: none did
 * @param ticket of the access
 * @param alarm whether one was required
 * @param signed who has looked into an alarm
 */
public record HostLogIn(
        UUID id,
        UUID host,
        String hostName,
        Instant at,
        String user,
        String from,
        String terminal,
        @Nullable UUID access,
        @Nullable String ticket,
        boolean alarm,
        @Nullable Person signed,
        @Nullable Instant signedAt,
        @Nullable String note) {}
