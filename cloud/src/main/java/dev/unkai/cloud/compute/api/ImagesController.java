package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.ProxiedImages;
import dev.unkai.cloud.image.ProxiedImages.Shown;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /images} until 2.35, which stands for the Image API. */
@RestController
@RequestMapping("/compute/v2.1/images")
class ImagesController {
    private static final int LAST = 35;
    private static final String PROPERTY = "property-";

    private final ProxiedImages images;
    private final Links links;

    ImagesController(ProxiedImages images, Links links) {
        this.images = images;
        this.links = links;
    }

    @GetMapping
    @Allow("compute:image:show")
    Shape list(Caller caller, Microversion version, HttpServletRequest request) {
        return page(caller, version, request, "images", this::brief);
    }

    @GetMapping("/detail")
    @Allow("compute:image:show")
    Shape detail(Caller caller, Microversion version, HttpServletRequest request) {
        return page(caller, version, request, "images/detail", this::full);
    }

    private Shape page(
            Caller caller, Microversion version, HttpServletRequest request, String path, Function<Shown, Shape> view) {
        Since.last(version, LAST);
        Query query = Query.of(request, version);
        List<Shown> found = images.list(caller, filter(query), marker(query), query.limit());
        Shape page = Shape.of("images", found.stream().map(view).toList());
        if (query.isFull(found.size())) {
            page.with(
                    "images_links", links.next(path, query, found.getLast().id().toString()));
        }
        return page;
    }

    private static ProxiedImages.Filter filter(Query query) {
        Map<String, String> properties = new HashMap<>();
        for (String name : query.names()) {
            if (name.startsWith(PROPERTY)) {
                properties.put(name.substring(PROPERTY.length()), String.valueOf(query.text(name)));
            }
        }
        String server = query.text("server");
        if (server != null) {
            properties.put("instance_uuid", server.substring(server.lastIndexOf('/') + 1));
        }
        String type = query.text("type");
        if (type != null) {
            properties.put("image_type", type);
        }
        String status = query.text("status");
        String since = query.text("changes-since");
        return new ProxiedImages.Filter(
                query.text("name"),
                status == null ? null : status.toLowerCase(Locale.ROOT),
                query.has("minRam") ? query.number("minRam", 0) : null,
                query.has("minDisk") ? query.number("minDisk", 0) : null,
                since == null ? null : Times.parse("changes-since", since),
                properties);
    }

    private static @Nullable UUID marker(Query query) {
        String marker = query.text("marker");
        if (marker == null) {
            return null;
        }
        if (!Text.isUuid(marker)) {
            throw Refusal.invalid("marker [" + marker.substring(0, Math.min(60, marker.length())) + "] not found");
        }
        return Text.uuid(marker);
    }

    @GetMapping("/{image}")
    @Allow("compute:image:show")
    Shape show(Caller caller, Microversion version, @PathVariable String image) {
        Since.last(version, LAST);
        return Shape.of("image", full(images.get(caller, id(image))));
    }

    @DeleteMapping("/{image}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:image:manage")
    void delete(Caller caller, Microversion version, @PathVariable String image) {
        Since.last(version, LAST);
        images.delete(caller, id(image));
    }

    static UUID id(String image) {
        if (!Text.isUuid(image)) {
            throw Refusal.notFound("Image not found.");
        }
        return Text.uuid(image);
    }

    private Shape brief(Shown image) {
        return new Shape()
                .with("id", image.id())
                .with("name", image.name())
                .with("links", links.ofImage(image.id().toString()));
    }

    private Shape full(Shown image) {
        Shape shape = new Shape()
                .with("id", image.id())
                .with("name", image.name())
                .with("minRam", image.minRamMib())
                .with("minDisk", image.minDiskGib())
                .with("metadata", image.properties())
                .with("created", Times.seconds(image.createdAt()))
                .with("updated", Times.seconds(image.updatedAt()))
                .with("status", status(image.status()))
                .with("progress", progress(image.status()))
                .with("OS-EXT-IMG-SIZE:size", image.size())
                .with("links", links.ofImage(image.id().toString()));
        String server = image.properties().get("instance_uuid");
        if (server != null) {
            shape.with("server", new Shape().with("id", server).with("links", links.of("servers/" + server)));
        }
        String disk = image.properties().get("auto_disk_config");
        if (disk != null) {
            shape.with("OS-DCF:diskConfig", Query.isTrue(disk) ? "AUTO" : "MANUAL");
        }
        return shape;
    }

    /** As the reference maps them; what it does not know is unknown. */
    private static String status(String status) {
        return switch (status) {
            case "active" -> "ACTIVE";
            case "queued", "saving" -> "SAVING";
            default -> "UNKNOWN";
        };
    }

    private static int progress(String status) {
        return switch (status) {
            case "queued" -> 25;
            case "saving" -> 50;
            default -> 100;
        };
    }
}
