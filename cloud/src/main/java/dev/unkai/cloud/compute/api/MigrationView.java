package dev.unkai.cloud.compute.api;

import dev.unkai.cloud.compute.Migration;
import dev.unkai.cloud.compute.Migration.Progress;
import dev.unkai.cloud.compute.Migration.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Migrations in the answers to requests (Compute API reference, "Server migrations" and "Migrations"). */
@Component
class MigrationView {
    private static final Set<Migration.Status> LINKED = Set.of(
            Migration.Status.QUEUED,
            Migration.Status.PREPARING,
            Migration.Status.RUNNING,
            Migration.Status.POST_MIGRATING);

    private final Links links;

    MigrationView(Links links) {
        this.links = links;
    }

    /** One in progress, with how far it is. */
    Shape ofServer(Migration migration, Microversion version) {
        Progress progress = migration.progress();
        return new Shape()
                .with("created_at", Times.micros(migration.createdAt()))
                .with("dest_compute", target(migration))
                .with("dest_host", target(migration))
                .with("dest_node", target(migration))
                .with("disk_processed_bytes", progress == null ? null : progress.diskProcessed())
                .with("disk_remaining_bytes", progress == null ? null : progress.diskRemaining())
                .with("disk_total_bytes", progress == null ? null : progress.diskTotal())
                .with("id", migration.id())
                .with("memory_processed_bytes", progress == null ? null : progress.memoryProcessed())
                .with("memory_remaining_bytes", progress == null ? null : progress.memoryRemaining())
                .with("memory_total_bytes", progress == null ? null : progress.memoryTotal())
                .with("server_uuid", migration.serverId())
                .with("source_compute", migration.source().name())
                .with("source_node", migration.source().name())
                .with("status", status(migration))
                .with("updated_at", Times.micros(migration.updatedAt()))
                .when(version.atLeast(59), "uuid", migration.uuid())
                .when(version.atLeast(80), "user_id", migration.userId())
                .when(version.atLeast(80), "project_id", migration.projectId());
    }

    /** One of the list of all. */
    Shape of(Migration migration, Microversion version) {
        boolean linked =
                version.atLeast(23) && migration.type() == Type.LIVE_MIGRATION && LINKED.contains(migration.status());
        return new Shape()
                .with("created_at", Times.micros(migration.createdAt()))
                .with("dest_compute", target(migration))
                .with("dest_host", target(migration))
                .with("dest_node", target(migration))
                .with("id", migration.id())
                .with("instance_uuid", migration.serverId())
                .with("new_instance_type_id", null)
                .with("old_instance_type_id", null)
                .with("source_compute", migration.source().name())
                .with("source_node", migration.source().name())
                .with("status", status(migration))
                .with("updated_at", Times.micros(migration.updatedAt()))
                .when(version.atLeast(23), "migration_type", migration.type().wireName())
                .when(linked, "links", links.of("servers/" + migration.serverId() + "/migrations/" + migration.id()))
                .when(version.atLeast(59), "uuid", migration.uuid())
                .when(version.atLeast(80), "user_id", migration.userId())
                .when(version.atLeast(80), "project_id", migration.projectId());
    }

    /** A move that is being given up is still running, in the reference's words. */
    private static String status(Migration migration) {
        return migration.status() == Migration.Status.CANCELLING
                ? Migration.Status.RUNNING.wireName()
                : migration.status().wireName();
    }

    private static @Nullable String target(Migration migration) {
        Migration.Place target = migration.target();
        return target == null ? null : target.name();
    }
}
