package dev.unkai.node.hypervisor;

import dev.unkai.wire.node.GuestCounters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.DomainInfo.DomainState;
import org.libvirt.Error.ErrorNumber;
import org.libvirt.LibvirtException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** libvirt as the hypervisor: every guest is a transient domain, so one that stopped leaves nothing behind in libvirt. */
public final class LibvirtHypervisor implements Hypervisor {
    private static final Logger log = LoggerFactory.getLogger(LibvirtHypervisor.class);
    private static final Pattern INTERFACE = Pattern.compile("<interface .*?</interface>", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("interfaceid=['\"]([0-9a-f-]{36})['\"]");

    private final LibvirtConnection connection;

    public LibvirtHypervisor(LibvirtConnection connection) {
        this.connection = connection;
    }

    @Override
    public List<RunningGuest> running() {
        return ask(libvirt -> {
            List<RunningGuest> guests = new ArrayList<>();
            for (int number : libvirt.listDomains()) {
                Domain domain;
                try {
                    domain = libvirt.domainLookupByID(number);
                } catch (LibvirtException e) {
                    continue; // it ended since
                }
                try {
                    view(domain).ifPresent(guests::add);
                } finally {
                    domain.free();
                }
            }
            return guests;
        });
    }

    @Override
    public Optional<RunningGuest> find(UUID guest) {
        return withDomain(guest, LibvirtHypervisor::view).flatMap(view -> view);
    }

    @Override
    public void start(String domainXml) {
        ask(libvirt -> libvirt.domainCreateXML(domainXml, 0).free());
    }

    @Override
    public void pressPowerButton(UUID guest) {
        withDomain(guest, domain -> {
            domain.shutdown();
            return true;
        });
    }

    @Override
    public void pause(UUID guest) {
        withDomain(guest, domain -> {
            domain.suspend();
            return true;
        });
    }

    @Override
    public void save(UUID guest, Path file) {
        withDomain(guest, domain -> {
            domain.save(file.toString());
            return true;
        });
    }

    @Override
    public void restore(Path file) {
        ask(libvirt -> {
            libvirt.restore(file.toString());
            return true;
        });
    }

    @Override
    public void resume(UUID guest) {
        withDomain(guest, domain -> {
            if (domain.getInfo().state == DomainState.VIR_DOMAIN_PAUSED) {
                domain.resume();
            }
            return true;
        });
    }

    @Override
    public void destroy(UUID guest) {
        withDomain(guest, domain -> {
            domain.destroy();
            return true;
        });
    }

    @Override
    public void attachDevice(UUID guest, String deviceXml) {
        withDomain(guest, domain -> {
            domain.attachDevice(deviceXml);
            return true;
        });
    }

    @Override
    public void detachPort(UUID guest, String portId) {
        withDomain(guest, domain -> {
            Matcher each = INTERFACE.matcher(domain.getXMLDesc(0));
            while (each.find()) {
                if (each.group().contains(portId)) {
                    try {
                        domain.detachDevice(each.group());
                    } catch (LibvirtException e) {
                        if (!String.valueOf(e.getMessage()).contains("in the process of unplug")) {
                            throw e;
                        }
                    }
                }
            }
            return true;
        });
    }

    @Override
    public void backUp(UUID guest, String target, Path file) {
        jobs(guest).backUp(target, file);
    }

    @Override
    public void dumpMemory(UUID guest, Path file) {
        jobs(guest).dumpMemory(file);
    }

    @Override
    public Optional<String> document(UUID guest) {
        return withDomain(guest, domain -> domain.getXMLDesc(0));
    }

    @Override
    public void migrate(UUID guest, MigrationRoute route) {
        jobs(guest).migrate(route);
    }

    @Override
    public void abortJob(UUID guest) {
        try {
            withDomain(guest, Domain::abortJob);
        } catch (HypervisorUnavailable e) {
            throw e;
        } catch (HypervisorException e) {
            log.debug("There was no job to end: {}", e.getMessage());
        }
    }

    @Override
    public Optional<JobProgress> progress(UUID guest) {
        return withDomain(guest, domain -> domain.getJobStats(0)).flatMap(LibvirtJobs::progress);
    }

    @Override
    public boolean isIncoming(UUID guest) {
        // libvirt-java does not tell why a domain is paused
        return DomainReason.of(connection.uri(), guest).contains("migrating");
    }

    @Override
    public OptionalLong stoodStillSince(UUID guest) {
        return connection.suspendedAt(guest);
    }

    /** What the guest has used so far; empty when it does not run. Throws as the port's methods do. */
    public Optional<GuestCounters> counters(UUID guest) {
        return withDomain(guest, LibvirtCounters::of);
    }

    private LibvirtJobs jobs(UUID guest) {
        return new LibvirtJobs(new LibvirtJobs.Running() {
            @Override
            public <T> T ask(Question<Domain, T> question) {
                return withDomain(guest, question)
                        .orElseThrow(() -> new HypervisorException("The guest does not run any more"));
            }
        });
    }

    /** One description is asked for, instead of state, mark and interfaces one by one: a single round trip. */
    private static Optional<RunningGuest> view(Domain domain) throws LibvirtException {
        String xml;
        boolean halted;
        try {
            xml = domain.getXMLDesc(0);
            halted = domain.getInfo().state == DomainState.VIR_DOMAIN_PAUSED;
        } catch (LibvirtException e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw e;
        }
        int mark = xml.indexOf(GuestMark.NAMESPACE);
        if (mark < 0) {
            return Optional.empty();
        }
        OptionalLong boot = GuestMark.boot(xml.substring(mark, Math.min(xml.length(), mark + 200)));
        if (boot.isEmpty()) {
            return Optional.empty();
        }
        Set<String> ports = new HashSet<>();
        Matcher port = PORT.matcher(xml);
        while (port.find()) {
            ports.add(port.group(1));
        }
        return Optional.of(
                new RunningGuest(UUID.fromString(domain.getUUIDString()), boot.getAsLong(), halted, Set.copyOf(ports)));
    }

    private <T> Optional<T> withDomain(UUID guest, Question<Domain, T> question) {
        return ask(libvirt -> {
            Domain domain = null;
            try {
                domain = libvirt.domainLookupByUUID(guest);
                return Optional.of(question.ask(domain));
            } catch (LibvirtException e) {
                if (isAbsent(e)) {
                    return Optional.empty();
                }
                throw e;
            } finally {
                if (domain != null) {
                    domain.free();
                }
            }
        });
    }

    private <T> T ask(Question<Connect, T> question) {
        Connect libvirt = connection.open();
        try {
            return question.ask(libvirt);
        } catch (LibvirtException e) {
            if (connection.isLost(libvirt)) {
                log.warn("The connection to libvirt is lost: {}", e.getMessage());
                throw new HypervisorUnavailable("libvirt on this host does not answer", e);
            }
            throw new HypervisorException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isAbsent(LibvirtException e) {
        return e.getError() != null
                && (e.getError().getCode() == ErrorNumber.VIR_ERR_NO_DOMAIN
                        // "domain is not running": it ended between look-up and question
                        || e.getError().getCode() == ErrorNumber.VIR_ERR_OPERATION_INVALID
                                && String.valueOf(e.getMessage()).contains("not running"));
    }

    /** Something asked of libvirt. */
    @FunctionalInterface
    interface Question<S, T> {
        T ask(S subject) throws LibvirtException;
    }
}
