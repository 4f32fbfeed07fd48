package dev.unkai.node.hypervisor;

import dev.unkai.node.hypervisor.LibvirtHypervisor.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.libvirt.Domain;
import org.libvirt.Domain.MigrateFlags;
import org.libvirt.DomainJobStats;
import org.libvirt.TypedIntParameter;
import org.libvirt.TypedParameter;
import org.libvirt.TypedStringParameter;
import org.libvirt.TypedUintParameter;
import org.libvirt.TypedUlongParameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The long jobs that libvirt does on one running domain, one at a time: begun, watched, and ended when they are not wanted any more. */
final class LibvirtJobs {
    private static final Logger log = LoggerFactory.getLogger(LibvirtJobs.class);
    private static final Duration LOOK = Duration.ofMillis(200);

    // virDomainJobType, virDomainGetJobStatsFlags and virDomainBackupBeginFlags of libvirt-domain.h
    private static final int NONE = 0;
    private static final int COMPLETED = 3;
    private static final int STATS_OF_COMPLETED = 1;
    private static final int REUSE_FILE = 1;
    // virDomainCoreDumpFlags: without the devices' state, which only libvirt could read
    private static final int DUMP_MEMORY_ONLY = 16;
    private static final int XML_SECURE = 1;
    private static final int XML_MIGRATABLE = 8;

    private final Running running;

    LibvirtJobs(Running running) {
        this.running = running;
    }

    /** Asks something of the domain; throws when it does not run any more. */
    interface Running {
        <T> T ask(Question<Domain, T> question);
    }

    void backUp(String target, Path file) {
        endLeftOver();
        running.ask(domain -> {
            domain.backupBegin(
                    """
                    <domainbackup mode='push'><disks><disk name='%s' backup='yes' type='file'>
                    <driver type='qcow2'/><target file='%s'><seclabel model='dac' relabel='no'/></target>
                    </disk></disks></domainbackup>
                    """.formatted(
                                    target,
                                    file.toString()
                                            .replace("&", "&amp;")
                                            .replace("<", "&lt;")
                                            .replace("'", "&apos;")),
                    null,
                    REUSE_FILE);
            return true;
        });
        await();
        int how = running.ask(domain -> domain.getJobStats(STATS_OF_COMPLETED).type);
        if (how != COMPLETED) {
            throw new HypervisorException("The copy of the disk broke off");
        }
    }

    void dumpMemory(Path file) {
        endLeftOver();
        running.ask(domain -> {
            domain.coreDump(file.toString(), DUMP_MEMORY_ONLY);
            return true;
        });
    }

    /** Peer to peer: the two libvirts see it through between themselves. PAUSED: the guest stands still there until it is let run. */
    void migrate(MigrationRoute route) {
        endLeftOver();
        String xml = running.ask(domain -> domain.getXMLDesc(XML_SECURE | XML_MIGRATABLE));
        List<TypedParameter> parameters = new ArrayList<>(List.of(
                new TypedStringParameter("destination_xml", MigrationDocument.of(xml, route)),
                new TypedStringParameter("migrate_uri", "unix://" + route.memory()),
                new TypedStringParameter("disks_uri", "unix://" + route.blocks())));
        MigrationDocument.disks(xml).forEach(disk -> parameters.add(new TypedStringParameter("migrate_disks", disk)));
        if (route.bandwidthMib() > 0) {
            parameters.add(new TypedUlongParameter("bandwidth", route.bandwidthMib()));
        }
        running.ask(domain -> domain.migrateToURI(
                "qemu+unix:///system?socket=" + route.control(),
                parameters.toArray(TypedParameter[]::new),
                MigrateFlags.LIVE
                        | MigrateFlags.PEER2PEER
                        | MigrateFlags.PAUSED
                        | MigrateFlags.NON_SHARED_DISK
                        | MigrateFlags.AUTO_CONVERGE
                        | MigrateFlags.ABORT_ON_ERROR));
    }

    static Optional<JobProgress> progress(DomainJobStats job) {
        if (job.type == NONE) {
            return Optional.empty();
        }
        Map<String, Long> figures = new HashMap<>();
        for (TypedParameter stat : job.stats) {
            if (stat instanceof TypedUlongParameter
                    || stat instanceof TypedUintParameter
                    || stat instanceof TypedIntParameter) {
                figures.put(stat.field, Long.parseUnsignedLong(stat.getValueAsString()));
            }
        }
        return Optional.of(new JobProgress(
                figures.getOrDefault("data_total", 0L),
                figures.getOrDefault("data_processed", 0L),
                figures.getOrDefault("data_remaining", 0L),
                figures.getOrDefault("memory_total", 0L),
                figures.getOrDefault("memory_processed", 0L),
                figures.getOrDefault("memory_remaining", 0L),
                figures.getOrDefault("memory_iteration", 0L)));
    }

    /** A job goes on in libvirt when the process that began it is gone. */
    private void endLeftOver() {
        if (running.ask(domain -> domain.getJobInfo().getType()) != NONE) {
            log.info("Ending a job that was left behind");
            running.ask(Domain::abortJob);
            await();
        }
    }

    private void await() {
        while (running.ask(Domain::getJobInfo).getType() != NONE) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running.ask(Domain::abortJob);
                throw new HypervisorException("The copy of the disk was given up", e);
            }
        }
    }
}
