package dev.unkai.cloud.hosts;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.unkai.base.data.Db;
import dev.unkai.wire.node.Guest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What each host should run and what it was last seen to run; the server reconciler writes one and reads the other. */
@Component
public class Guests {
    /** Wakes whoever sends plans to hosts. */
    public static final String PLANS = "host_plan";

    /** What a guest does, as its host says. */
    public enum State {
        PREPARING,
        RUNNING,
        PAUSED,
        SUSPENDED,
        STOPPED,
        ABSENT,
        FAULTY,
        /** Its host is silent. */
        UNKNOWN
    }

    /**
     * What the host said last.
     *
     * @param generation the guest generation that the host has reached, or works on while it prepares
     * @param wanted the newest guest generation in the host's plan
     * @param fault a sentence for people; empty when all is well
     * @param since when the state began
     */
    public record Observation(
            UUID hostId,
            long generation,
            long wanted,
            State state,
            String fault,
            boolean stoppedByGuest,
            Instant since) {
        /** Whether the host has reached the newest generation. */
        public boolean current() {
            return generation >= wanted;
        }
    }

    /** A guest in its host's plan. */
    public record Planned(
            UUID hostId,
            long generation,
            boolean removing,
            @Nullable Observation observed) {}

    /** Puts the guest into its host's plan or replaces it there; the plan goes out when the transaction commits. */
    public void put(Db db, UUID hostId, Guest guest) {
        UUID id = UUID.fromString(guest.getId());
        db.sql("""
                with plan as (update host set plan_generation = plan_generation + 1 where id = :host returning plan_generation)
                insert into guest (server_id, host_id, project_id, spec, image_id, generation, plan_generation)
                select :id, :host, :project, :spec, :image, :generation, plan_generation from plan
                on conflict (server_id) do update
                   set host_id = excluded.host_id, spec = excluded.spec, image_id = excluded.image_id,
                       generation = excluded.generation, plan_generation = excluded.plan_generation
                """)
                .param("id", id)
                .param("host", hostId)
                .param("project", guest.getProjectId())
                .param("spec", guest.toByteArray())
                .param(
                        "image",
                        guest.getDisk().getImageId().isEmpty()
                                ? null
                                : UUID.fromString(guest.getDisk().getImageId()))
                .param("generation", guest.getGeneration())
                .update();
        db.wake(PLANS);
    }

    /** Changes the guest where it is; false when no plan has it. */
    public boolean change(Db db, UUID guestId, UnaryOperator<Guest.Builder> change) {
        Optional<Stored> stored = db.sql(
                        "select host_id, spec from guest where server_id = ? and not removing for update")
                .param(guestId)
                .query((row, n) -> new Stored(row.getObject(1, UUID.class), row.getBytes(2)))
                .optional();
        stored.ifPresent(guest ->
                put(db, guest.hostId, change.apply(guest.parsed().toBuilder()).build()));
        return stored.isPresent();
    }

    /** Takes the guest out of its host's plan; the host removes domain and disk, and says when nothing is left. */
    public void remove(Db db, UUID guestId) {
        int removed = db.sql("""
                with gone as (update guest set removing = true where server_id = :id and not removing returning host_id),
                     plan as (update host set plan_generation = plan_generation + 1
                               where id in (select host_id from gone) returning plan_generation)
                select plan_generation from plan
                """)
                .param("id", guestId)
                .query(Long.class)
                .optional()
                .map(generation -> db.sql("update guest set plan_generation = ? where server_id = ?")
                        .param(generation)
                        .param(guestId)
                        .update())
                .orElse(0);
        if (removed > 0) {
            db.wake(PLANS);
        }
    }

    /** Forgets a guest that its host has reported ABSENT. */
    public void forget(Db db, UUID guestId) {
        db.sql("delete from guest where server_id = ?").param(guestId).update();
    }

    public Optional<Planned> planned(Db db, UUID guestId) {
        return db.sql("select * from guest where server_id = ?")
                .param(guestId)
                .query(Guests::planned)
                .optional();
    }

    private static Planned planned(ResultSet row, int number) throws SQLException {
        UUID host = row.getObject("host_id", UUID.class);
        long generation = row.getLong("generation");
        String state = row.getString("observed_state");
        OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
        Observation observed = state == null || since == null
                ? null
                : new Observation(
                        host,
                        row.getLong("observed_generation"),
                        generation,
                        State.valueOf(state),
                        row.getString("fault"),
                        row.getBoolean("stopped_by_guest"),
                        since.toInstant());
        return new Planned(host, generation, row.getBoolean("removing"), observed);
    }

    private record Stored(UUID hostId, byte[] spec) {
        Guest parsed() {
            try {
                return Guest.parseFrom(spec);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("A guest in the database is not readable", e);
            }
        }
    }
}
