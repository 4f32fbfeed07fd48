package dev.unkai.cloud.image.api;

import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.MemberRecords.Member;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Images as the Image API v2 shows them: fixed attributes beside the free properties, in one object. */
final class ImageView {
    private ImageView() {}

    static Map<String, @Nullable Object> of(Image image) {
        ImageAttributes attributes = image.attributes();
        boolean active = image.status().isWhole();
        Map<String, @Nullable Object> view = new LinkedHashMap<>(attributes.properties());
        view.put("name", attributes.name());
        view.put("disk_format", attributes.diskFormat());
        view.put("container_format", attributes.containerFormat());
        view.put("visibility", attributes.visibility().wireName());
        view.put("size", active ? image.size() : null);
        view.put("virtual_size", active ? image.virtualSize() : null);
        view.put("status", image.status().wireName());
        view.put("checksum", active ? image.checksum() : null);
        view.put("protected", attributes.isProtected());
        view.put("min_ram", attributes.minRam());
        view.put("min_disk", attributes.minDisk());
        view.put("owner", image.owner());
        view.put("os_hidden", attributes.hidden());
        view.put("os_hash_algo", active ? "sha512" : null);
        view.put("os_hash_value", active ? image.sha512() : null);
        view.put("id", image.id().toString());
        view.put("created_at", time(image.createdAt()));
        view.put("updated_at", time(image.updatedAt()));
        view.put("tags", attributes.tags());
        view.put("self", path(image.id()));
        view.put("file", path(image.id()) + "/file");
        view.put("schema", "/v2/schemas/image");
        return view;
    }

    static Map<String, Object> of(Member member) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("image_id", member.imageId().toString());
        view.put("member_id", member.memberId());
        view.put("status", member.status());
        view.put("created_at", time(member.createdAt()));
        view.put("updated_at", time(member.updatedAt()));
        view.put("schema", "/v2/schemas/member");
        return view;
    }

    static String path(UUID imageId) {
        return "/v2/images/" + imageId;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
