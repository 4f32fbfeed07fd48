package dev.unkai.cloud.hosts.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's look at a server's console.
 *
 * @param kind {@code graphical} or {@code serial}
 * @param closedAt null while it is open
 * @param ended {@code left}, {@code ended} (it was not allowed any more) or {@code lost} (a process or the line broke, at most a minute before); null while it is open
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConsoleVisit(
        UUID id,
        @OneOf({"graphical", "serial"}) String kind,
        String userId,
        String userName,
        String address,
        Instant openedAt,
        @Nullable Instant closedAt,
        @OneOf(of = VisitRows.End.class) @Nullable String ended) {}
