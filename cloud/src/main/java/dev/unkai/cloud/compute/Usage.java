package dev.unkai.cloud.compute;

import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.store.UsageStore;
import dev.unkai.wire.token.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How long servers ran: from first running to gone, whether switched on or off. */
@Component
public class Usage {
    private final Transactions transactions;
    private final UsageStore store;

    Usage(Transactions transactions, UsageStore store) {
        this.transactions = transactions;
        this.store = store;
    }

    /** One server's time; {@code endedAt} is null while it lives. */
    public record Item(
            UUID serverId,
            String projectId,
            String name,
            String flavorName,
            int vcpus,
            int ramMb,
            int diskGb,
            Instant startedAt,
            @Nullable Instant endedAt,
            String vmState) {

        /** The hours within the window. */
        public double hours(Instant start, Instant stop) {
            Instant from = startedAt.isAfter(start) ? startedAt : start;
            Instant to = endedAt != null && endedAt.isBefore(stop) ? endedAt : stop;
            return from.isBefore(to) ? Duration.between(from, to).toMillis() / 3_600_000.0 : 0;
        }
    }

    /** Servers that ran in the window, by id; a null project means all that the caller may see. */
    public List<Item> of(
            Caller caller, @Nullable String project, Instant start, Instant stop, @Nullable UUID marker, int limit) {
        return transactions.asCaller(caller, db -> store.of(db, project, start, stop, marker, limit));
    }
}
