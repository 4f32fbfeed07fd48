package dev.unkai.identity.event;

import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes what a caller changed. Histories belong to projects: what happens to an account, a group or a domain stands
 * in the customer's first project, so that the customer sees it even when an operator did it.
 */
@Component
public final class History {
    private final Clock clock;

    public History(Clock clock) {
        this.clock = clock;
    }

    /**
     * What was changed.
     *
     * @param kind user, group, project, domain, role, application_credential
     * @param domainId the customer concerned, or null
     * @param projectId the project concerned where it is one, else null
     */
    public record Thing(
            String kind,
            String id,
            @Nullable String name,
            @Nullable String domainId,
            @Nullable String projectId) {}

    public void record(Db db, Caller caller, String action, Thing thing) {
        record(db, caller, action, thing, Map.of());
    }

    public void record(Db db, Caller caller, String action, Thing thing, Changes changes) {
        record(db, caller, action, thing, Map.of(), changes);
    }

    public void record(Db db, Caller caller, String action, Thing thing, Map<String, String> facts) {
        record(db, caller, action, thing, facts, Changes.NONE);
    }

    /** @param facts names and ids that say more; never a secret */
    public void record(Db db, Caller caller, String action, Thing thing, Map<String, String> facts, Changes changes) {
        String project = thing.projectId() != null ? thing.projectId() : firstProject(db, thing.domainId());
        CadfEvent event = CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(thing.id(), "identity/" + thing.kind(), thing.name(), project),
                        clock.instant())
                .with(changes);
        db.record(facts.isEmpty() ? event : event.with(facts));
    }

    private static @Nullable String firstProject(Db db, @Nullable String domainId) {
        if (domainId == null) {
            return null;
        }
        return db.sql("select id from project where domain_id = ? order by created_at, id limit 1")
                .param(domainId)
                .query((row, n) -> Optional.of(row.getString(1)))
                .optional()
                .flatMap(id -> id)
                .orElse(null);
    }
}
