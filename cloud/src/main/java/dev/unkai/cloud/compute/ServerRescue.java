package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.RescueStore;
import dev.unkai.cloud.image.Images;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Servers that boot from another image for a while, their own disk beside it, so that their owner can repair it. */
@Component
public class ServerRescue {
    private final Transactions transactions;
    private final Operations operations;
    private final RescueStore rescues;
    private final Images images;
    private final Clock clock;

    ServerRescue(Transactions transactions, Operations operations, RescueStore rescues, Images images, Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.rescues = rescues;
        this.images = images;
        this.clock = clock;
    }

    /**
     * Boots the server from the image.
     *
     * @param image null: the one that the server was made from
     * @param password for the administrator of the rescue system, told to it by the config drive as a hash
     */
    public void rescue(Caller caller, UUID id, @Nullable UUID image, AdminPassword password) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "rescue", Set.of(Vm.ACTIVE, Vm.STOPPED, Vm.ERROR), Set.of());
            UUID chosen = image == null ? server.boot().imageId() : image;
            if (server.observed().launchedAt() == null) {
                throw Refusal.conflict("Cannot 'rescue' instance " + id + " which has not been launched.");
            }
            try {
                if (chosen == null) {
                    throw Refusal.invalid("The server has no image.");
                }
                images.forBoot(db, chosen);
            } catch (Refusal refusal) {
                throw Refusal.invalid("Requested rescue image '" + chosen + "' is not supported");
            }
            Instant now = clock.instant();
            rescues.begin(db, id, chosen, password.hash(), now);
            operations.begin(db, caller, server, "rescue", "compute_rescue_instance", now);
        });
    }

    /** Boots the server from its own disk again. */
    public void unrescue(Caller caller, UUID id) {
        transactions.doAsCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "unrescue", Vm.RESCUED);
            Instant now = clock.instant();
            rescues.end(db, id, now);
            operations.begin(db, caller, server, "unrescue", "compute_unrescue_instance", now);
        });
    }
}
