package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.EventSink.Positioned;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stored events: appended once per source and position, read by project, never changed. */
@Component
public final class EventLog {
    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;

    public EventLog(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Which events to read, newest first.
     *
     * @param project whose history; null for the provider's view of everything
     * @param target only events about this resource
     * @param action only events of this action, or of one of several with commas between
     * @param before only events older than this number, for paging
     */
    public record Query(
            @Nullable String project,
            @Nullable String target,
            @Nullable String action,
            @Nullable String outcome,
            @Nullable Long before,
            int limit) {}

    /** A stored event with its number in the ledger's order. */
    public record Stored(long number, String json) {}

    /** Stores what is not stored yet. A position that does not follow the last one is stored and alarmed as a gap. */
    public void append(String source, List<Positioned> events) {
        transactions.doAsSystem(db -> {
            // One source at a time, so that "the last position" means something; sources do not wait for each other.
            db.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                    .param(source)
                    .query()
                    .singleRow();
            long last = last(db, source).orElse(0L);
            for (Positioned event : events) {
                if (event.position() <= last) {
                    continue; // a repetition after a crash between our commit and the source's
                }
                if (event.position() != last + 1) {
                    log.error("Gap in the events of {}: {} follows {}", source, event.position(), last);
                }
                insert(db, source, event);
                last = event.position();
            }
        });
    }

    private static Optional<Long> last(Db db, String source) {
        return db.sql("select position from event where source = ? order by position desc limit 1")
                .param(source)
                .query(Long.class)
                .optional();
    }

    private static void insert(Db db, String source, Positioned event) {
        JsonNode body = JSON.readTree(event.json());
        JsonNode target = body.path("target");
        JsonNode initiator = body.path("initiator");
        String project =
                target.path("project_id").asString(initiator.path("project_id").asString(null));
        db.sql("""
                insert into event (source, position, event_id, event_time, project_id, action, outcome, target_id,
                                   target_type, initiator_id, body)
                values (?, ?, ?::uuid, ?::timestamptz, ?, ?, ?, ?, ?, ?, ?)
                """)
                .param(source)
                .param(event.position())
                .param(body.path("id").asString())
                .param(body.path("eventTime").asString())
                .param(project)
                .param(body.path("action").asString())
                .param(body.path("outcome").asString())
                .param(target.path("id").asString())
                .param(target.path("typeURI").asString())
                .param(initiator.path("id").asString())
                .param(event.json())
                .update();
    }

    /** At most {@code limit} events, newest first. */
    public List<Stored> read(Query query) {
        return transactions.asSystem(db -> db.sql("""
                        select number, body from event
                         where (:project::text is null or project_id = :project)
                           and (:target::text is null or target_id = :target)
                           and (:action::text is null or action = any (string_to_array(:action, ',')))
                           and (:outcome::text is null or outcome = :outcome)
                           and (:before::bigint is null or number < :before)
                         order by number desc limit :limit
                        """)
                .param("project", query.project())
                .param("target", query.target())
                .param("action", query.action())
                .param("outcome", query.outcome())
                .param("before", query.before())
                .param("limit", query.limit())
                .query((row, n) -> new Stored(row.getLong(1), row.getString(2)))
                .list());
    }
}
