package dev.unkai.cloud.image;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.ImageQuery;
import dev.unkai.cloud.image.store.ImageQuery.Column;
import dev.unkai.cloud.image.store.ImageQuery.Condition;
import dev.unkai.cloud.image.store.ImageQuery.Order;
import dev.unkai.cloud.image.work.ImageCatalog;
import dev.unkai.cloud.image.work.ImageCatalog.Edit;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The images as the Compute API's old addresses show and change them. */
@Component
public class ProxiedImages {
    /** Names that the Image API keeps for its own attributes: no property can have them. */
    private static final Set<String> TAKEN = Set.of(
            "id",
            "name",
            "status",
            "visibility",
            "protected",
            "os_hidden",
            "disk_format",
            "container_format",
            "min_disk",
            "min_ram",
            "tags",
            "owner",
            "size",
            "virtual_size",
            "checksum",
            "os_hash_algo",
            "os_hash_value",
            "created_at",
            "updated_at",
            "direct_url",
            "self",
            "file",
            "schema",
            "stores",
            "location",
            "locations",
            "deleted",
            "deleted_at");

    private final ImageCatalog catalog;

    ProxiedImages(ImageCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * One image.
     *
     * @param status {@code queued}, {@code saving}, {@code uploading}, {@code active} or {@code deactivated}
     * @param size of the file in bytes, null until it is active
     */
    public record Shown(
            UUID id,
            @Nullable String name,
            int minRamMib,
            int minDiskGib,
            Map<String, String> properties,
            String status,
            @Nullable Long size,
            Instant createdAt,
            Instant updatedAt) {}

    /** Conditions of a list; nulls: none. */
    public record Filter(
            @Nullable String name,
            @Nullable String status,
            @Nullable Integer minRamMib,
            @Nullable Integer minDiskGib,
            @Nullable Instant changedSince,
            Map<String, String> properties) {}

    /** The page after the marker, newest first. Refuses as invalid when the marker is no image that the caller sees. */
    public List<Shown> list(Caller caller, Filter filter, @Nullable UUID marker, int limit) {
        ImageQuery query = new ImageQuery(
                caller.project(),
                caller.isAdmin(),
                null,
                "accepted",
                conditions(filter),
                List.of(new Order(Column.CREATED_AT, true), new Order(Column.ID, true)),
                marker,
                limit);
        return catalog.list(caller, query).stream().map(ProxiedImages::shown).toList();
    }

    private static List<Condition> conditions(Filter filter) {
        List<Condition> all = new ArrayList<>();
        all.add(new Condition.OneOf(Column.HIDDEN, List.of("false")));
        equal(Column.NAME, filter.name(), all);
        equal(Column.STATUS, filter.status(), all);
        equal(Column.MIN_RAM, filter.minRamMib(), all);
        equal(Column.MIN_DISK, filter.minDiskGib(), all);
        Instant since = filter.changedSince();
        if (since != null) {
            all.add(new Condition.Compare(Column.UPDATED_AT, ">=", since.toString()));
        }
        filter.properties().forEach((name, value) -> all.add(new Condition.Property(name, value)));
        return all;
    }

    private static void equal(Column column, @Nullable Object value, List<Condition> all) {
        if (value != null) {
            all.add(new Condition.OneOf(column, List.of(value.toString())));
        }
    }

    /** Refuses as not found what the caller does not see. */
    public Shown get(Caller caller, UUID id) {
        return shown(catalog.show(caller, id));
    }

    public void delete(Caller caller, UUID id) {
        catalog.delete(caller, id);
    }

    /** Changes the properties and answers them as they are then. */
    public Map<String, String> properties(Caller caller, UUID id, UnaryOperator<Map<String, String>> change) {
        Image changed = catalog.update(caller, id, image -> {
            Map<String, String> before = image.attributes().properties();
            Map<String, String> after = change.apply(new LinkedHashMap<>(before));
            after.forEach((name, value) -> {
                if (!value.equals(before.get(name))) {
                    refuseTaken(name);
                }
            });
            return new Edit(image.owner(), image.attributes().withProperties(after));
        });
        return changed.attributes().properties();
    }

    private static void refuseTaken(String name) {
        if (TAKEN.contains(name) || name.toLowerCase(Locale.ROOT).startsWith("os_glance")) {
            throw Refusal.forbidden("The name '" + name + "' is the Image API's own: choose another one.");
        }
    }

    private static Shown shown(Image image) {
        return new Shown(
                image.id(),
                image.attributes().name(),
                image.attributes().minRam(),
                image.attributes().minDisk(),
                image.attributes().properties(),
                image.status().wireName(),
                image.status().isWhole() ? image.size() : null,
                image.createdAt(),
                image.updatedAt());
    }
}
