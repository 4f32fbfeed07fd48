package dev.unkai.cloud.hosts;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.hosts.Aggregates.Aggregate;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Images that an aggregate's hosts fetch before a guest needs them. Operators only. */
@Component
public class ImagesAhead {
    /** Wakes what renews the hosts' plans. */
    static final String CHANNEL = "image_ahead";

    private final Transactions transactions;
    private final Aggregates aggregates;
    private final Images images;
    private final Clock clock;

    ImagesAhead(Transactions transactions, Aggregates aggregates, Images images, Clock clock) {
        this.transactions = transactions;
        this.aggregates = aggregates;
        this.images = images;
        this.clock = clock;
    }

    /**
     * Asks all hosts that the aggregate has now to have the images, for a day from now.
     *
     * @throws Refusal not found: there is no such aggregate; invalid: there is no such image, or no guest can boot from it
     */
    public void ask(Caller caller, int aggregateId, List<UUID> imageIds) {
        transactions.doAsCaller(caller, db -> {
            Aggregate aggregate = aggregates.require(db, aggregateId);
            for (UUID imageId : imageIds) {
                ask(db, aggregate, image(db, imageId));
            }
            CadfEvent.Target target =
                    new CadfEvent.Target(aggregate.uuid().toString(), "compute/aggregate", aggregate.name(), null);
            db.record(CadfEvent.by(caller, "update", target, clock.instant())
                    .with(Map.of(
                            "hosts",
                            String.join(",", aggregate.hosts()),
                            "images",
                            String.join(
                                    ",", imageIds.stream().map(UUID::toString).toList()))));
            db.wake(CHANNEL);
        });
    }

    private BootImage image(Db db, UUID id) {
        try {
            return images.forBoot(db, id);
        } catch (Refusal refusal) {
            throw Refusal.invalid(refusal.sentence());
        }
    }

    private static void ask(Db db, Aggregate aggregate, BootImage image) {
        db.sql("""
                insert into image_ahead (host_id, image_id, sha512, size, expires_at)
                select host_id, ?, ?, ?, now() + interval '1 day' from host_aggregate_member where aggregate_id = ?
                on conflict (host_id, image_id) do update
                   set sha512 = excluded.sha512, size = excluded.size, expires_at = excluded.expires_at, planned = false
                """)
                .param(image.id())
                .param(image.sha512())
                .param(image.sizeBytes())
                .param(aggregate.id())
                .update();
    }
}
