package dev.unkai.cloud.network.domain;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.hosts.FirewallObserver;
import dev.unkai.cloud.network.store.FirewallEntryStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Stores the packets that hosts noted for projects' firewall logs. */
@Component
class FirewallEntries implements FirewallObserver {
    private final FirewallEntryStore store;

    FirewallEntries(FirewallEntryStore store) {
        this.store = store;
    }

    @Override
    public void seen(Db db, UUID host, List<Seen> packets) {
        for (Seen packet : packets) {
            logId(packet.filter()).ifPresent(log -> store.add(db, host, log, packet));
        }
    }

    /** Filters that note packets are named after the log that wants them. */
    private static Optional<UUID> logId(String filter) {
        if (!filter.startsWith(FirewallLogs.FILTER_PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(filter.substring(FirewallLogs.FILTER_PREFIX.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
