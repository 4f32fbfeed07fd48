package dev.unkai.cloud.hosts.link;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.EvidenceCaptures;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.ImageAhead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Composes a host's plan from its rows; reads no other host's. */
@Component
class Plans {
    private final Transactions transactions;

    Plans(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The host's plan when it is newer than the generation given.
     *
     * @param since the plan that the host is known to have by this call: only what has changed since is told; 0: all
     */
    Optional<HostPlan> newer(UUID host, long than, long since) {
        return transactions.asSystem(db -> {
            // The number is read first: what is read after it can only be newer than it says, never older.
            long generation = db.sql("select plan_generation from host where id = ?")
                    .param(host)
                    .query(Long.class)
                    .optional()
                    .orElse(-1L);
            return generation > than ? Optional.of(plan(db, host, generation, since)) : Optional.<HostPlan>empty();
        });
    }

    /** The newest plan's number of each host. */
    Map<UUID, Long> generations(Collection<UUID> hosts) {
        return transactions.asSystem(db -> {
            Map<UUID, Long> numbers = new LinkedHashMap<>();
            db.sql("select id, plan_generation from host where id = any(?)")
                    .param(hosts.toArray(UUID[]::new))
                    .query(row -> {
                        numbers.put(row.getObject(1, UUID.class), row.getLong(2));
                    });
            return numbers;
        });
    }

    private static HostPlan plan(Db db, UUID host, long generation, long since) {
        HostPlan.Builder plan = HostPlan.newBuilder().setGeneration(generation);
        List<Guest> guests = since == 0 ? whole(db, host) : changed(db, host, since, plan);
        Map<String, List<EvidenceCapture>> evidence = EvidenceCaptures.at(db, host);
        guests.forEach(guest -> plan.addGuests(
                evidence.containsKey(guest.getId())
                        ? guest.toBuilder()
                                .addAllEvidence(evidence.get(guest.getId()))
                                .build()
                        : guest));
        db.sql("""
                select id, server_id, kind, log_lines from console_session
                 where host_id = ? and opened_at is not null and expires_at > now()
                """)
                .param(host)
                .query((row, n) -> ConsoleSession.newBuilder()
                        .setId(row.getString(1))
                        .setGuestId(row.getString(2))
                        .setKind(ConsoleKind.valueOf(row.getString(3)))
                        .setLogLines(row.getInt(4))
                        .build())
                .list()
                .forEach(plan::addSessions);
        db.sql(
                        "select image_id, sha512, size from image_ahead where host_id = ? and expires_at > now() order by image_id")
                .param(host)
                .query((row, n) -> ImageAhead.newBuilder()
                        .setImageId(row.getString(1))
                        .setImageSha512(row.getString(2))
                        .setImageSize(row.getLong(3))
                        .build())
                .list()
                .forEach(plan::addImagesAhead);
        return plan.build();
    }

    private static List<Guest> whole(Db db, UUID host) {
        return db.sql("select spec, acknowledged from guest where host_id = ? and not removing order by created_at")
                .param(host)
                .query((row, n) -> guest(row.getBytes(1), !row.getBoolean(2)))
                .list();
    }

    /** All of it in one statement: the number of guests is that of the moment in which the changed ones were read. */
    private static List<Guest> changed(Db db, UUID host, long since, HostPlan.Builder plan) {
        List<Guest> guests = new ArrayList<>();
        db.sql("""
                select number, server_id, removing, acknowledged, case when not removing then spec end
                  from (select count(*) as number from guest where host_id = :host and not removing) whole
                  left join guest on host_id = :host and plan_generation > :since
                 order by created_at
                """).param("host", host).param("since", since).query(row -> {
            plan.setSince(since).setGuestCount(row.getInt(1));
            if (row.getBoolean(3)) {
                plan.addLeft(row.getString(2));
            } else if (row.getBytes(5) instanceof byte[] spec) {
                guests.add(guest(spec, !row.getBoolean(4)));
            }
        });
        return guests;
    }

    private static Guest guest(byte[] spec, boolean held) {
        try {
            Guest guest = Guest.parseFrom(spec);
            return held ? guest.toBuilder().setHeld(true).build() : guest;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A guest in the database is not readable", e);
        }
    }
}
