package dev.unkai.cloud.hosts.link;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostFacts;
import dev.unkai.wire.node.HostReport;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    private record Known(String name, String state, long attachment) {}

    /** The host was removed: its certificate counts no more. */
    static final class Removed extends RuntimeException {
        Removed() {
            super("The host has been removed", null, false, false);
        }
    }

    /** Registers or refreshes the host; answers the number of this attachment. Throws Removed. */
    long attach(UUID host, Hello hello) {
        return transactions.asSystem(db -> {
            HostFacts facts = hello.getFacts();
            requireNotRemoved(db, host);
            Optional<Known> known = db.sql("select name, state, attachment from host where id = ? for update")
                    .param(host)
                    .query((row, n) -> new Known(row.getString(1), row.getString(2), row.getLong(3)))
                    .optional();
            long attachment = known.map(Known::attachment).orElse(0L) + 1;
            db.sql("""
                    insert into host (id, name, zone, own_zone, state, facts, vcpus, memory_mib, disk_gib, uefi, gateway, protocol,
                                      attachment, joined_at)
                    values (:id, :name, :zone, :zone, 'up', :facts, :vcpus, :memory, :disk, :uefi, :gateway, :protocol,
                            :attachment,
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
                           attachment = excluded.attachment, last_seen = now()
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
                    .update();
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

    /** Notes that the host is there. Throws Outdated when it has attached anew, here or at another process. */
    void seen(UUID host, long attachment, HostReport report) {
        transactions.doAsSystem(db -> {
            Known before = db.sql("""
                    with known as (select id, name, state, attachment from host where id = :id and attachment = :attachment for update)
                    update host set state = 'up', last_seen = now(), known_generation = :generation,
                           free_disk_gib = :disk, free_memory_mib = :memory
                      from known where host.id = known.id
                    returning known.name, known.state, known.attachment
                    """)
                    .param("id", host)
                    .param("attachment", attachment)
                    .param("generation", report.getPlanGeneration())
                    .param("disk", report.getDiskFreeGib())
                    .param("memory", report.getMemoryFreeMib())
                    .query((row, n) -> new Known(row.getString(1), row.getString(2), row.getLong(3)))
                    .optional()
                    .orElseThrow(Reports.Outdated::new);
            if (before.state().equals("unknown")) {
                record(db, "enable", host, before.name());
                db.wake(SERVERS);
            }
        });
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
