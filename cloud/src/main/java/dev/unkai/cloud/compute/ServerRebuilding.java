package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.compute.Server.Goal;
import dev.unkai.cloud.compute.Server.RebootKind;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.KeypairStore;
import dev.unkai.cloud.compute.store.ServerDisks;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a server anew from an image, on a fresh disk; id, ports, addresses and host stay. */
@Component
public class ServerRebuilding {
    private final Transactions transactions;
    private final Operations operations;
    private final Servers servers;
    private final ServerStore store;
    private final ServerDisks disks;
    private final KeypairStore keypairs;
    private final Images images;
    private final Quotas quotas;
    private final Clock clock;

    ServerRebuilding(
            Transactions transactions,
            Operations operations,
            Servers servers,
            ServerStore store,
            ServerDisks disks,
            KeypairStore keypairs,
            Images images,
            Quotas quotas,
            Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.servers = servers;
        this.store = store;
        this.disks = disks;
        this.keypairs = keypairs;
        this.images = images;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** A field that may be left out, and may be null when it is given. */
    public record Given<T>(boolean given, @Nullable T value) {
        public static <T> Given<T> not() {
            return new Given<>(false, null);
        }

        public static <T> Given<T> of(@Nullable T value) {
            return new Given<>(true, value);
        }

        @Nullable
        T or(@Nullable T otherwise) {
            return given ? value : otherwise;
        }
    }

    /**
     * What the server is to be; a null or something not given stays as it is.
     *
     * @param passwordHash of the administrator's new password, see {@link AdminPassword}
     * @param keepsEphemeral whether the disks beside its own stay as they are
     */
    public record Rebuild(
            UUID imageId,
            @Nullable String name,
            @Nullable String hostname,
            Given<String> description,
            @Nullable Map<String, String> metadata,
            Given<String> keyName,
            Given<String> userData,
            String passwordHash,
            @Nullable String ipv4,
            @Nullable String ipv6,
            @Nullable String diskConfig,
            boolean keepsEphemeral) {}

    /** Answers the server as it is then. */
    public ShownServer rebuild(Caller caller, UUID id, Rebuild wanted, Servers.Depth depth) {
        return transactions.asCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            operations.require(server, "rebuild", Vm.ACTIVE, Vm.STOPPED, Vm.ERROR);
            if (wanted.metadata() != null) {
                quotas.checkMetadata(
                        db,
                        server.projectId(),
                        server.userId(),
                        wanted.metadata().size());
            }
            ServerCreation.checkImage(image(db, wanted.imageId()), server.size());
            Instant now = clock.instant();
            Changes changes = change(db, caller, server, wanted, now);
            disks.save(db, id, server.projectId(), disks.of(db, id).fresh(wanted.keepsEphemeral()));
            Goal goal = server.state().vm() == Vm.STOPPED ? Goal.STOPPED : Goal.ACTIVE;
            store.aim(db, id, goal, Task.REBUILDING, now);
            store.bootAnew(db, id, RebootKind.HARD);
            operations.begin(db, caller, server, "rebuild", "compute_rebuild_instance", now, changes);
            return servers.show(db, id, depth);
        });
    }

    private BootImage image(Db db, UUID id) {
        try {
            return images.forBoot(db, id);
        } catch (Refusal refusal) {
            throw Refusal.invalid(
                    refusal.kind() == Refusal.Kind.NOT_FOUND ? "Cannot find image for rebuild" : refusal.sentence());
        }
    }

    private Changes change(Db db, Caller caller, Server server, Rebuild wanted, Instant now) {
        Changes changes = Changes.of("image_id", server.boot().imageId(), wanted.imageId());
        Server.Naming naming = new Server.Naming(
                wanted.name() == null ? server.naming().name() : wanted.name(),
                wanted.hostname() == null ? server.naming().hostname() : wanted.hostname(),
                wanted.description().or(server.naming().description()));
        Server.Access access = new Server.Access(
                wanted.ipv4() == null ? server.access().ipv4() : wanted.ipv4(),
                wanted.ipv6() == null ? server.access().ipv6() : wanted.ipv6());
        store.describe(
                db,
                server.id(),
                naming,
                access,
                wanted.diskConfig() == null ? server.boot().diskConfig() : wanted.diskConfig(),
                now);
        changes = changes.and(Changes.between(server.naming(), naming)).and(Changes.between(server.access(), access));
        if (wanted.metadata() != null) {
            changes = changes.and(Changes.of("metadata", server.metadata(), wanted.metadata()));
            store.metadata(db, server.id(), wanted.metadata(), now);
        }
        if (wanted.keyName().given()) {
            Keypair key = key(db, caller, wanted.keyName().value());
            changes = changes.and(Changes.of("key_name", server.boot().keyName(), key == null ? null : key.name()));
            store.key(db, server.id(), key == null ? null : key.name(), key == null ? null : key.publicKey());
        }
        if (wanted.userData().given()) {
            changes = changes.and(Changes.confidential("user_data"));
            store.userData(db, server.id(), wanted.userData().value());
        }
        store.passwordHash(db, server.id(), wanted.passwordHash());
        store.image(db, server.id(), wanted.imageId());
        return changes.and(Changes.confidential("admin_password"));
    }

    private @Nullable Keypair key(Db db, Caller caller, @Nullable String name) {
        if (name == null) {
            return null;
        }
        keypairs.reach(db, caller.user());
        return keypairs.find(db, caller.user(), name).orElseThrow(() -> Refusal.invalid("Invalid key_name provided."));
    }
}
