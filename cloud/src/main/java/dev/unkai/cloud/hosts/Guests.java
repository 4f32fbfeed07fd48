package dev.unkai.cloud.hosts;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.unkai.base.data.Db;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What each host should run and what it was last seen to run; the server reconciler writes one and reads the other. */
@Component
public class Guests {
    /** Wakes whoever sends plans to hosts; the detail is the host whose plan has changed. */
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
        /** Another host is bringing it. */
        ARRIVING,
        /** Another host has it. */
        DEPARTED,
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

    /** What a guest's row at a host is: the guest itself, or on its way. */
    public enum Role {
        /** The guest itself; there is exactly one. */
        MAIN,
        /** It is being brought there. */
        ARRIVING,
        /** It was there, and may have to come back: its disk stays. */
        KEPT,
        /** It was there; what is left of it is to go. */
        LEAVING
    }

    /** One of the places where a guest stands in the plan. */
    public record Place(UUID hostId, Role role, boolean removing) {}

    /** Puts the guest into its host's plan or replaces it there; the plan goes out when the transaction commits. */
    public void put(Db db, UUID hostId, Guest guest) {
        put(db, hostId, guest, Role.MAIN);
    }

    /** Puts the guest, in this role, into the plan of a host or replaces it there. */
    public void put(Db db, UUID hostId, Guest guest, Role role) {
        UUID id = UUID.fromString(guest.getId());
        db.sql("""
                with plan as (update host set plan_generation = plan_generation + 1 where id = :host
                              returning plan_generation, protocol)
                insert into guest (server_id, host_id, project_id, spec, image_id, rescue_image_id, generation, plan_generation, role, acknowledged)
                select :id, :host, :project, :spec, :image, :rescueImage, :generation, plan_generation, :role,
                       :role <> 'main' or protocol < 2 from plan
                on conflict (server_id, host_id) do update
                   set spec = excluded.spec, image_id = excluded.image_id, rescue_image_id = excluded.rescue_image_id,
                       generation = excluded.generation,
                       plan_generation = excluded.plan_generation, role = excluded.role, removing = false
                """)
                .param("id", id)
                .param("host", hostId)
                .param("project", guest.getProjectId())
                .param("spec", guest.toByteArray())
                .param("image", image(guest.getDisk()))
                .param("rescueImage", image(guest.getRescue().getDisk()))
                .param("generation", guest.getGeneration())
                .param("role", role.name().toLowerCase(Locale.ROOT))
                .update();
        db.wake(PLANS, hostId.toString());
    }

    private static @Nullable UUID image(Disk disk) {
        return disk.getImageId().isEmpty() ? null : UUID.fromString(disk.getImageId());
    }

    /** Changes the guest where it is; false when no plan has it. */
    public boolean change(Db db, UUID guestId, UnaryOperator<Guest.Builder> change) {
        record Main(UUID host, Guest guest) {}
        Optional<Main> main = db.sql(
                        "select host_id, spec from guest where server_id = ? and role = 'main' and not removing for update")
                .param(guestId)
                .query((row, n) -> new Main(row.getObject(1, UUID.class), guest(row.getBytes(2))))
                .optional();
        main.ifPresent(
                on -> put(db, on.host(), change.apply(on.guest().toBuilder()).build()));
        return main.isPresent();
    }

    /** What the plan of the host says of the guest. */
    public Guest spec(Db db, UUID guestId, UUID hostId) {
        return db.sql("select spec from guest where server_id = ? and host_id = ? for update")
                .params(guestId, hostId)
                .query((row, n) -> guest(row.getBytes(1)))
                .single();
    }

    private static Guest guest(byte[] spec) {
        try {
            return Guest.parseFrom(spec);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A guest in the database is not readable", e);
        }
    }

    /** Where the guest stands in the plan, held until the transaction ends. */
    public List<Place> places(Db db, UUID guestId) {
        return db.sql("select host_id, role, removing from guest where server_id = ? order by host_id for update")
                .param(guestId)
                .query((row, n) -> new Place(
                        row.getObject(1, UUID.class),
                        Role.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getBoolean(3)))
                .list();
    }

    /** Whether the guest itself is on the host, as it is this moment: nothing is held, since who holds a guest has locked its server first. */
    public boolean isOn(Db db, UUID guestId, UUID hostId) {
        return db.sql("select 1 from guest where server_id = ? and host_id = ? and role = 'main' and not removing")
                .params(guestId, hostId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Takes the guest out of every plan; the hosts remove domain and disk, and say when nothing is left. */
    public void remove(Db db, UUID guestId) {
        places(db, guestId).forEach(place -> remove(db, guestId, place.hostId()));
    }

    /** Takes the guest out of the plan of one host. One that is the guest itself leaves its server without a host. */
    public void remove(Db db, UUID guestId, UUID hostId) {
        int removed = db.sql("""
                with plan as (update host set plan_generation = plan_generation + 1
                               where id = (select host_id from guest where server_id = :id and host_id = :host and not removing)
                              returning plan_generation)
                update guest set removing = true, plan_generation = plan.plan_generation,
                       role = case role when 'main' then role else 'leaving' end
                  from plan where server_id = :id and host_id = :host
                """).param("id", guestId).param("host", hostId).update();
        if (removed > 0) {
            db.wake(PLANS, hostId.toString());
        }
    }

    /** Whether the host is sure to have started nothing of the guest: it has not said that it knows of it. */
    public boolean unacknowledged(Db db, UUID guestId, UUID hostId) {
        return db.sql("select 1 from guest where server_id = ? and host_id = ? and not acknowledged for update")
                .params(guestId, hostId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * The host knows of the guest: from now on it may start it. Called with the server locked, as {@link #withdraw} is, so that one
     * of the two comes first and the other finds nothing to do.
     */
    public void acknowledge(Db db, UUID guestId, UUID hostId) {
        int known = db.sql("""
                with plan as (update host set plan_generation = plan_generation + 1
                               where id = (select host_id from guest
                                            where server_id = :id and host_id = :host and not acknowledged and not removing)
                              returning plan_generation)
                update guest set acknowledged = true, plan_generation = plan.plan_generation
                  from plan where server_id = :id and host_id = :host
                """).param("id", guestId).param("host", hostId).update();
        if (known > 0) {
            db.wake(PLANS, hostId.toString());
        }
    }

    /** Takes back a guest that the host was never known to know of; it has not been started there and will not be. */
    public void withdraw(Db db, UUID guestId, UUID hostId) {
        db.sql("""
                with gone as (delete from guest where server_id = :id and host_id = :host and not acknowledged returning host_id)
                update host set plan_generation = plan_generation + 1 from gone where host.id = gone.host_id
                """).param("id", guestId).param("host", hostId).update();
        db.wake(PLANS, hostId.toString());
    }

    /** Makes the guest at {@code to} the guest itself, and what is at {@code from} something of the role given. */
    public void turn(Db db, UUID guestId, UUID from, Role left, UUID to) {
        db.sql("update guest set role = ? where server_id = ? and host_id = ?")
                .params(left.name().toLowerCase(Locale.ROOT), guestId, from)
                .update();
        db.sql("update guest set role = 'main' where server_id = ? and host_id = ?")
                .params(guestId, to)
                .update();
    }

    /** Forgets a guest that the host has reported ABSENT. */
    public void forget(Db db, UUID guestId, UUID hostId) {
        db.sql("delete from guest where server_id = ? and host_id = ?")
                .params(guestId, hostId)
                .update();
    }

    /** The guest itself, where it is. */
    public Optional<Planned> planned(Db db, UUID guestId) {
        return db.sql("select * from guest where server_id = ? and role = 'main'")
                .param(guestId)
                .query(Guests::planned)
                .optional();
    }

    /** The guest at one host, whatever it is there. */
    public Optional<Planned> planned(Db db, UUID guestId, UUID hostId) {
        return db.sql("select * from guest where server_id = ? and host_id = ?")
                .params(guestId, hostId)
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
}
