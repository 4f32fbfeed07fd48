package dev.unkai.cloud.image.work;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records what is done to images: a change in its own transaction, a refusal in one of its own after the rollback. */
@Component
public final class ImageEvents {
    private static final String TYPE = "image/image";

    private final Transactions transactions;
    private final Clock clock;

    public ImageEvents(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Does the work as the caller; what it refuses becomes an event. */
    public <T extends @Nullable Object> T attempt(Caller caller, String action, UUID imageId, Function<Db, T> work) {
        try {
            return transactions.<T>asCaller(caller, work);
        } catch (Refusal refusal) {
            refused(caller, action, imageId, refusal);
            throw refusal;
        }
    }

    /** Tells that the caller changed it. */
    public void changed(Db db, Caller caller, String action, Image image, Map<String, String> facts, Changes changes) {
        CadfEvent event =
                CadfEvent.by(caller, action, target(image), clock.instant()).with(changes);
        db.record(facts.isEmpty() ? event : event.with(facts));
    }

    /** Tells that the caller did it. */
    public void done(Db db, Caller caller, String action, Image image, Map<String, String> facts) {
        CadfEvent event = CadfEvent.by(caller, action, target(image), clock.instant());
        db.record(facts.isEmpty() ? event : event.with(facts));
    }

    /** Tells that Unkai itself did it, or that something broke. */
    public void doneBySystem(Db db, String action, Image image, @Nullable String fault) {
        CadfEvent event = CadfEvent.bySystem("cloud", action, target(image), clock.instant(), null);
        db.record(fault == null ? event : event.failed("Fault", fault));
    }

    public void refused(Caller caller, String action, UUID imageId, Refusal refusal) {
        Target target = new Target(imageId.toString(), TYPE, null, caller.project());
        CadfEvent event = CadfEvent.by(caller, action, target, clock.instant())
                .failed(String.valueOf(refusal.kind().status()), refusal.sentence());
        transactions.doAsCaller(caller, db -> db.record(event));
    }

    private static Target target(Image image) {
        return new Target(image.id().toString(), TYPE, image.attributes().name(), image.owner());
    }
}
