package dev.unkai.cloud.breakglass;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfHost;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfProject;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the histories of the steps of an access: of one to a project, its customer's; of one to a host, the provider's and that of each customer who has, or
 * had since it was asked for, servers there. The same words to each, none of another, and not the host's name, which customers are told nowhere.
 */
@Component
class BreakGlassEvents {
    static final String KIND = "operation/break-glass";

    /** What happens to an access. */
    enum Step {
        REQUEST,
        APPROVE,
        DECLINE,
        /** A customer's first server came to the host while it ran. */
        GO_ON,
        END,
        OVERDUE,
        REVIEW;

        String action(BreakGlassCase about) {
            String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
            return (about.subject() instanceof OfHost ? "break-glass-host/" : "break-glass/") + word;
        }
    }

    private final HostGrants hosts;
    private final Clock clock;

    BreakGlassEvents(HostGrants hosts, Clock clock) {
        this.hosts = hosts;
        this.clock = clock;
    }

    void record(Db db, Caller caller, Step step, BreakGlassCase about, Map<String, String> more) {
        tell(db, about, more, target -> CadfEvent.by(caller, step.action(about), target, clock.instant()));
    }

    void recordBySystem(Db db, Step step, BreakGlassCase about, Map<String, String> more) {
        tell(db, about, more, target -> bySystem(step, about, target));
    }

    /** That an access runs, to customers whose first server came to the host meanwhile. */
    void recordToNewcomers(Db db, BreakGlassCase about) {
        for (String project : hosts.newcomers(db, about)) {
            db.record(bySystem(Step.GO_ON, about, target(about, project))
                    .with(facts(
                            about,
                            Map.of("operator", about.requested().name(), "ends_at", String.valueOf(about.endsAt())))));
        }
    }

    private CadfEvent bySystem(Step step, BreakGlassCase about, CadfEvent.Target target) {
        return CadfEvent.bySystem("cloud", step.action(about), target, clock.instant(), null);
    }

    private void tell(
            Db db, BreakGlassCase about, Map<String, String> more, Function<CadfEvent.Target, CadfEvent> event) {
        Map<String, String> facts = facts(about, more);
        switch (about.subject()) {
            case OfProject(String project) ->
                db.record(event.apply(target(about, project)).with(facts));
            case OfHost host -> {
                db.record(event.apply(target(about, null)).with(facts).with(Map.of("host", host.name())));
                hosts.newcomers(db, about);
                for (String project : hosts.told(db, about.id())) {
                    db.record(event.apply(target(about, project)).with(facts));
                }
            }
        }
    }

    private static Map<String, String> facts(BreakGlassCase about, Map<String, String> more) {
        Map<String, String> facts = new HashMap<>(more);
        facts.put("reason", about.reason());
        facts.put("ticket", about.ticket());
        return facts;
    }

    private static CadfEvent.Target target(BreakGlassCase about, @Nullable String project) {
        return new CadfEvent.Target(about.id().toString(), KIND, about.ticket(), project);
    }
}
