package dev.unkai.cloud.breakglass.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import dev.unkai.cloud.breakglass.HostLogIn;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A log-in on the machine of a host.
 *
 * @param from address or name; empty: at the machine itself
 * @param access the access to the host that ran then, with its ticket; absent: none did
 * @param alarm whether one was required
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogInView(
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
        @Nullable Person signedBy,
        @Nullable Instant signedAt,
        @Nullable String note) {
    static LogInView of(HostLogIn one) {
        return new LogInView(
                one.id(),
                one.host(),
                one.hostName(),
                one.at(),
                one.user(),
                one.from(),
                one.terminal(),
                one.access(),
                one.ticket(),
                one.alarm(),
                one.signed(),
                one.signedAt(),
                one.note());
    }
}
