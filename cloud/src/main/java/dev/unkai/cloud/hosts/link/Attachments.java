package dev.unkai.cloud.hosts.link;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.HostCertificates;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostFacts;
import dev.unkai.wire.node.HostReport;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** When a host comes, says that it is still there, or falls silent. Its certificate is its permission to come. */
@Component
class Attachments {
    /** Work that may go on when a host is there again. */
    static final String SERVERS = "server";

    private static final Logger log = LoggerFactory.getLogger(Attachments.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Transactions transactions;
    private final Clock clock;

    Attachments(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Known(UUID id, String name, String state, long attachment) {}

    /** The host was removed: its certificate counts no more. */
    static final class Removed extends RuntimeException {
        Removed() {
            super("The host has been removed", null, false, false);
        }
    }

    /**
     * Registers or refreshes the host; answers the number of this attachment. Throws Removed.
     *
     * @param certificate by which it came
     */
    long attach(UUID host, Hello hello, Optional<X509Certificate> certificate) {
        return transactions.asSystem(db -> {
            HostFacts facts = hello.getFacts();
            requireNotRemoved(db, host);
            Optional<Known> known = db.sql("select id, name, state, attachment from host where id = ? for update")
                    .param(host)
                    .query(Attachments::known)
                    .optional();
            long attachment = known.map(Known::attachment).orElse(0L) + 1;
            db.sql("""
                    insert into host (id, name, zone, own_zone, state, facts, vcpus, memory_mib, disk_gib, uefi, gateway, protocol,
                                      attachment, certificate_ends_at, joined_at)
                    values (:id, :name, :zone, :zone, 'up', :facts, :vcpus, :memory, :disk, :uefi, :gateway, :protocol,
                            :attachment, :ends,
                            coalesce((select enrolled_at from host_enrolment where host_id = :id), now()))
                    on conflict (id) do update
                       set name = excluded.name, own_zone = excluded.own_zone,
                           zone = coalesce((
                               select metadata ->> 'availability_zone' from host_aggregate a
                                 join host_aggregate_member m on m.aggregate_id = a.id
                                where m.host_id = host.id and a.metadata ->> 'availability_zone' is not null limit 1),
                               excluded.own_zone),
                           state = 'up', facts = excluded.facts,
                           vcpus = excluded.vcpus, memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib,
                           uefi = excluded.uefi, gateway = excluded.gateway, protocol = excluded.protocol,
                           attachment = excluded.attachment, certificate_ends_at = excluded.certificate_ends_at,
                           last_seen = now()
                    """)
                    .param("id", host)
                    .param("name", hello.getName())
                    .param("zone", hello.getZone().isEmpty() ? "nova" : hello.getZone())
                    .param("facts", json(facts))
                    .param("vcpus", facts.getVcpus())
                    .param("memory", facts.getMemoryMib())
                    .param("disk", facts.getDiskGib())
                    .param("uefi", facts.getUefi())
                    .param("gateway", !facts.getWithoutExternal())
                    .param("protocol", hello.getProtocol())
                    .param("attachment", attachment)
                    .param(
                            "ends",
                            certificate
                                    .map(own -> Timestamp.from(own.getNotAfter().toInstant()))
                                    .orElse(null))
                    .update();
            certificate.ifPresent(own -> HostCertificates.keep(db, host, own));
            if (known.isEmpty()) {
                record(db, "create", host, hello.getName());
            } else if (known.get().state().equals("unknown")) {
                record(db, "enable", host, hello.getName());
            }
            db.wake(SERVERS);
            return attachment;
        });
    }

    private static void requireNotRemoved(Db db, UUID host) {
        boolean removed = db.sql(
                        "select exists (select 1 from host_enrolment where host_id = ? and removed_at is not null)")
                .param(host)
                .query(Boolean.class)
                .single();
        if (removed) {
            throw new Removed();
        }
    }

    /**
     * What became of heartbeats.
     *
     * @param returned hosts that had been called unknown
     * @param outdated hosts that have attached anew, here or at another process
     * @param later hosts whose rows somebody works on just now
     */
    record Seen(Set<UUID> returned, Set<UUID> outdated, Set<UUID> later) {}

    /** Notes that the hosts are there; hosts that others work on are not waited for, so that this can never be in a deadlock. */
    Seen seen(Map<UUID, Heartbeats.Heard> heard) {
        return transactions.asSystem(db -> {
            Set<UUID> returned = new HashSet<>();
            Set<UUID> rest = new HashSet<>(heard.keySet());
            for (Known before : note(db, heard)) {
                rest.remove(before.id());
                if (before.state().equals("unknown")) {
                    returned.add(before.id());
                    record(db, "enable", before.id(), before.name());
                    db.wake(SERVERS);
                }
            }
            Map<UUID, Long> present = new HashMap<>();
            if (!rest.isEmpty()) {
                db.sql("select id, attachment from host where id = any(?)")
                        .param(rest.toArray(UUID[]::new))
                        .query(row -> {
                            present.put(row.getObject(1, UUID.class), row.getLong(2));
                        });
            }
            Set<UUID> later = heard.entrySet().stream()
                    .filter(one -> rest.contains(one.getKey())
                            && Objects.equals(
                                    present.get(one.getKey()), one.getValue().attachment()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            rest.removeAll(later);
            return new Seen(returned, rest, later);
        });
    }

    private static List<Known> note(Db db, Map<UUID, Heartbeats.Heard> heard) {
        int count = heard.size();
        UUID[] ids = new UUID[count];
        Long[] attachments = new Long[count];
        // null for hosts that have not reported yet: what is known of them stays
        @Nullable Long[] generations = new Long[count];
        @Nullable Long[] disks = new Long[count];
        @Nullable Long[] memories = new Long[count];
        @Nullable String[] uptimes = new String[count];
        int next = 0;
        for (Map.Entry<UUID, Heartbeats.Heard> one : heard.entrySet()) {
            HostReport report = one.getValue().report();
            ids[next] = one.getKey();
            attachments[next] = one.getValue().attachment();
            if (report != null) {
                generations[next] = report.getPlanGeneration();
                disks[next] = report.getDiskFreeGib();
                memories[next] = report.getMemoryFreeMib();
                uptimes[next] = report.getUptime();
            }
            next++;
        }
        return db.sql("""
                with heard as (
                    select * from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                        as h (id, attachment, generation, disk, memory, uptime)),
                known as (
                    select host.id, host.name, host.state, host.attachment
                      from host join heard on heard.id = host.id and heard.attachment = host.attachment
                       for update of host skip locked)
                update host set state = 'up', last_seen = now(),
                       known_generation = coalesce(heard.generation, host.known_generation),
                       free_disk_gib = coalesce(heard.disk, host.free_disk_gib),
                       free_memory_mib = coalesce(heard.memory, host.free_memory_mib),
                       uptime = nullif(coalesce(heard.uptime, host.uptime), '')
                  from known join heard on heard.id = known.id where host.id = known.id
                returning known.id, known.name, known.state, known.attachment
                """)
                .param(ids)
                .param(attachments)
                .param(generations)
                .param(disks)
                .param(memories)
                .param(uptimes)
                .query(Attachments::known)
                .list();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(row.getObject(1, UUID.class), row.getString(2), row.getString(3), row.getLong(4));
    }

    /** Calls a silent host unknown; its guests stay where they are. True when there was one. */
    boolean loseSilent(Duration silence) {
        return transactions.asSystem(db -> {
            var silent = db.sql("""
                    update host set state = 'unknown'
                     where id in (select id from host where state = 'up' and last_seen < now() - make_interval(secs => ?)
                                   for update skip locked)
                    returning id, name
                    """)
                    .param(silence.toMillis() / 1000.0)
                    .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                    .list();
            silent.forEach(host -> {
                log.error(
                        "Host {} has been silent for {} s: its state is unknown, its guests stay where they are",
                        host.getValue(),
                        silence.toSeconds());
                record(db, "disable", host.getKey(), host.getValue());
            });
            return !silent.isEmpty();
        });
    }

    private void record(Db db, String action, UUID host, String name) {
        db.record(CadfEvent.bySystem(
                "cloud",
                action,
                new CadfEvent.Target(host.toString(), "compute/host", name, null),
                clock.instant(),
                null));
    }

    private static String json(HostFacts facts) {
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("vcpus", facts.getVcpus())
                .put("memoryMib", facts.getMemoryMib())
                .put("diskGib", facts.getDiskGib())
                .put("acceleration", facts.getAcceleration())
                .put("accelerationNote", facts.getAccelerationNote())
                .put("hypervisorVersion", facts.getHypervisorVersion())
                .put("libvirtVersion", facts.getLibvirtVersion())
                .put("kernel", facts.getKernel())
                .put("cpuModel", facts.getCpuModel())
                .put("clockOffsetSeconds", facts.getClockOffsetSeconds())
                .put("uefi", facts.getUefi())
                .put("nodeVersion", facts.getNodeVersion()));
    }
}
