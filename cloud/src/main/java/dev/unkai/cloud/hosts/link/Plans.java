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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
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
            HostPlan.Builder plan = HostPlan.newBuilder().setRemembers(true);
            boolean more = guests(db, host, than, since, plan);
            if (more) {
                // Read after the plan's number, these can only be newer than it says, never older.
                addEvidence(db, host, plan);
                addSessions(db, host, plan);
                addImagesAhead(db, host, plan);
            }
            return plan.getGeneration() > than ? Optional.of(plan.build()) : Optional.<HostPlan>empty();
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

    /**
     * All of it in one statement: the plan's number and the number of guests are those of the moment in which the guests were read.
     *
     * @return whether there is more to the plan than guests
     */
    private static boolean guests(Db db, UUID host, long than, long since, HostPlan.Builder plan) {
        AtomicBoolean more = new AtomicBoolean();
        db.sql("""
                select h.plan_generation, whole.number, whole.more, g.server_id, g.removing, g.acknowledged,
                       case when not g.removing then g.spec end
                  from host h
                 cross join lateral (
                       select (select count(*) from guest where host_id = h.id and not removing) as number,
                              exists (select from evidence_part where state = 'wanted' and capture_id is not null)
                              or exists (select from console_session where host_id = h.id and opened_at is not null and expires_at > now())
                              or exists (select from image_ahead where host_id = h.id and expires_at > now()) as more) whole
                  left join lateral (
                       select * from guest where host_id = h.id and plan_generation > :since) g on true
                 where h.id = :host and h.plan_generation > :than
                 order by g.created_at
                """)
                .param("host", host)
                .param("than", than)
                .param("since", since == 0 ? -1 : since)
                .query(row -> {
                    plan.setGeneration(row.getLong(1));
                    more.set(row.getBoolean(3));
                    if (since > 0) {
                        plan.setSince(since).setGuestCount(row.getInt(2));
                    }
                    if (row.getBytes(7) instanceof byte[] spec) {
                        plan.addGuests(guest(spec, !row.getBoolean(6)));
                    } else if (since > 0 && row.getBoolean(5)) {
                        plan.addLeft(row.getString(4));
                    }
                });
        return more.get();
    }

    private static void addEvidence(Db db, UUID host, HostPlan.Builder plan) {
        Map<String, List<EvidenceCapture>> evidence = EvidenceCaptures.at(db, host);
        for (Guest.Builder guest : plan.getGuestsBuilderList()) {
            guest.addAllEvidence(evidence.getOrDefault(guest.getId(), List.of()));
        }
    }

    private static void addSessions(Db db, UUID host, HostPlan.Builder plan) {
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
    }

    private static void addImagesAhead(Db db, UUID host, HostPlan.Builder plan) {
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
