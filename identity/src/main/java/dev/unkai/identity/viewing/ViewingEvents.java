package dev.unkai.identity.viewing;

import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.Map;

/** What the customer's history says of views of his project: who, when, why, how long, and how each ended. */
final class ViewingEvents {
    static final String BY_VIEWER = "ended by the viewer";
    static final String BY_ANOTHER = "another view was opened";
    static final String BY_TIME = "its time was over";
    static final String BY_RIGHT = "log-out, or the right to it was taken away";

    private static final String KIND = "service/security/viewing";
    private static final String OPEN = "viewing/open";
    private static final String END = "viewing/end";

    private ViewingEvents() {}

    static CadfEvent opened(Caller caller, Viewing viewing, String reason, int minutes, Instant at) {
        return CadfEvent.by(caller, OPEN, target(viewing), at)
                .with(Map.of(
                        "reason",
                        reason,
                        "minutes",
                        String.valueOf(minutes),
                        "ends_at",
                        viewing.endsAt().toString(),
                        "viewing",
                        viewing.id()));
    }

    static CadfEvent ended(Caller caller, Viewing viewing, String because, Instant at) {
        return CadfEvent.by(caller, END, target(viewing), at).with(Map.of("because", because, "viewing", viewing.id()));
    }

    /** Without that anybody asked for it. */
    static CadfEvent over(Viewing viewing, Instant at) {
        return CadfEvent.bySystem("identity", END, target(viewing), at, null)
                .with(Map.of(
                        "because",
                        at.isBefore(viewing.endsAt()) ? BY_RIGHT : BY_TIME,
                        "user",
                        viewing.accountName(),
                        "viewing",
                        viewing.id()));
    }

    private static Target target(Viewing viewing) {
        return new Target(viewing.id(), KIND, viewing.projectName(), viewing.projectId());
    }
}
