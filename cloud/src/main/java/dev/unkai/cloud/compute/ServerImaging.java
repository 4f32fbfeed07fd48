package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.ServerState.Task;
import dev.unkai.cloud.compute.ServerState.Vm;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Captures;
import dev.unkai.cloud.hosts.Captures.Backup;
import dev.unkai.cloud.hosts.Captures.Capture;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Images.BootImage;
import dev.unkai.cloud.image.Snapshots;
import dev.unkai.cloud.image.Snapshots.Announcement;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Images of servers' disks: asked for here, made by the host that has the server, while it runs on. */
@Component
public class ServerImaging {
    /** Properties of the base image that say nothing of what is made of it. */
    private static final Set<String> NOT_INHERITED = Set.of(
            "cache_in_nova", "bittorrent", "img_signature", "img_signature_hash_method", "img_signature_key_type");

    private final Transactions transactions;
    private final Operations operations;
    private final ServerStore store;
    private final Images images;
    private final Snapshots snapshots;
    private final Captures captures;
    private final Quotas quotas;
    private final Ids ids;
    private final Clock clock;

    ServerImaging(
            Transactions transactions,
            Operations operations,
            ServerStore store,
            Images images,
            Snapshots snapshots,
            Captures captures,
            Quotas quotas,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.operations = operations;
        this.store = store;
        this.images = images;
        this.snapshots = snapshots;
        this.captures = captures;
        this.quotas = quotas;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param checkQuota whether the properties count against the metadata quota (until microversion 2.38)
     * @param backup null for a plain snapshot
     */
    public record Wanted(
            String name,
            Map<String, String> metadata,
            boolean checkQuota,
            @Nullable Backup backup) {}

    /** Answers the id of the image, which is queued until the host has brought its data. */
    public UUID createImage(Caller caller, UUID id, Wanted wanted) {
        return transactions.asCaller(caller, db -> {
            Server server = operations.open(db, caller, id);
            Backup backup = wanted.backup();
            String action = backup == null ? "createImage" : "createBackup";
            operations.require(server, action, Vm.ACTIVE, Vm.STOPPED, Vm.PAUSED, Vm.SUSPENDED);
            if (wanted.checkQuota()) {
                quotas.checkMetadata(
                        db,
                        server.projectId(),
                        server.userId(),
                        wanted.metadata().size());
            }
            Instant now = clock.instant();
            Map<String, String> own = new LinkedHashMap<>(wanted.metadata());
            if (backup == null) {
                own.putIfAbsent("image_type", "snapshot");
            } else {
                own.put("image_type", "backup");
                own.put("backup_type", backup.type());
            }
            UUID image = announce(db, caller.user(), server, wanted.name(), own, backup, now);
            store.aim(db, id, server.desired().goal(), backup == null ? Task.IMAGE_SNAPSHOT : Task.IMAGE_BACKUP, now);
            operations.begin(db, caller, server, action, "compute_snapshot_instance", now);
            return image;
        });
    }

    /** Registers the image and the wish that the server's host makes it for the user; the caller raises the server's generation. */
    UUID announce(
            Db db,
            String user,
            Server server,
            String name,
            Map<String, String> own,
            @Nullable Backup backup,
            Instant now) {
        UUID image = ids.next();
        Map<String, String> properties = new LinkedHashMap<>();
        UUID base = server.boot().imageId();
        Optional<BootImage> from = base == null ? Optional.empty() : images.active(db, base);
        from.ifPresent(found -> properties.putAll(found.properties()));
        properties.keySet().removeAll(NOT_INHERITED);
        properties.putAll(own);
        properties.put("instance_uuid", server.id().toString());
        properties.put("base_image_ref", base == null ? "" : base.toString());
        properties.put("user_id", user);
        properties.put("owner_id", server.projectId());
        properties.put("image_location", "snapshot");
        properties.put("image_state", "available");
        snapshots.announce(
                db,
                new Announcement(
                        image,
                        server.projectId(),
                        name,
                        server.size().diskGb(),
                        from.map(BootImage::minRamMib).orElse(0),
                        properties));
        captures.begin(db, new Capture(ids.next(), server.id(), server.projectId(), image, backup, now));
        return image;
    }
}
