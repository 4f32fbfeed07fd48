package dev.unkai.node.metadata;

import dev.unkai.node.guest.GuestDirectory;
import dev.unkai.node.guest.TaggedDevices;
import dev.unkai.node.hypervisor.HypervisorException;
import dev.unkai.wire.node.Guest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes what the service says of a guest by the devices that it has at this moment. The hypervisor is asked at most once a second for
 * each guest, however often the guest asks.
 */
public final class RunningDevices {
    private static final Logger log = LoggerFactory.getLogger(RunningDevices.class);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private record Seen(Optional<String> domain, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < FRESH_NANOS;
        }
    }

    private final Function<UUID, GuestDirectory> files;
    private final Function<UUID, Optional<String>> domains;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    /** @param domains the running domain of a guest, XML */
    public RunningDevices(Function<UUID, GuestDirectory> files, Function<UUID, Optional<String>> domains) {
        this.files = files;
        this.domains = domains;
    }

    Guest complete(Guest guest) {
        return TaggedDevices.present(guest, files.apply(UUID.fromString(guest.getId())), this::domain);
    }

    private Optional<String> domain(Guest guest) {
        seen.values().removeIf(one -> !one.isFresh());
        return seen.computeIfAbsent(UUID.fromString(guest.getId()), id -> new Seen(ask(id), System.nanoTime()))
                .domain();
    }

    private Optional<String> ask(UUID guest) {
        try {
            return domains.apply(guest);
        } catch (HypervisorException e) {
            log.debug("The devices of a guest are not known just now: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
