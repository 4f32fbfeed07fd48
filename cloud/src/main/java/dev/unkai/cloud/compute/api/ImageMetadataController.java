package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.ProxiedImages;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /images/{id}/metadata} until 2.38: the properties of an image. */
@RestController
@RequestMapping("/compute/v2.1/images/{image}/metadata")
class ImageMetadataController {
    private static final int LAST = 38;
    private static final int MOST = 128;

    private final ProxiedImages images;

    ImageMetadataController(ProxiedImages images) {
        this.images = images;
    }

    @GetMapping
    @Allow("compute:image:show")
    Shape list(Caller caller, Microversion version, @PathVariable String image) {
        return Shape.of("metadata", properties(caller, version, image));
    }

    private Map<String, String> properties(Caller caller, Microversion version, String image) {
        Since.last(version, LAST);
        return images.get(caller, ImagesController.id(image)).properties();
    }

    @PostMapping
    @Allow("compute:image:manage")
    Shape add(
            Caller caller,
            Microversion version,
            @PathVariable String image,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        Map<String, String> items = Fields.only(body, "metadata").asMap();
        return Shape.of("metadata", change(caller, image, properties -> {
            properties.putAll(items);
            return properties;
        }));
    }

    @PutMapping
    @Allow("compute:image:manage")
    Shape replace(
            Caller caller,
            Microversion version,
            @PathVariable String image,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        Map<String, String> items = Fields.only(body, "metadata").asMap();
        return Shape.of("metadata", change(caller, image, properties -> items));
    }

    @GetMapping("/{key}")
    @Allow("compute:image:show")
    Shape show(Caller caller, Microversion version, @PathVariable String image, @PathVariable String key) {
        String value = properties(caller, version, image).get(key);
        if (value == null) {
            throw Refusal.notFound("Metadata item was not found");
        }
        return Shape.of("meta", Map.of(key, value));
    }

    @PutMapping("/{key}")
    @Allow("compute:image:manage")
    Shape set(
            Caller caller,
            Microversion version,
            @PathVariable String image,
            @PathVariable String key,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Since.last(version, LAST);
        Map<String, String> items = Fields.only(body, "meta").asMap();
        if (items.size() != 1 || !items.containsKey(key)) {
            throw Refusal.invalid("Request body and URI mismatch");
        }
        change(caller, image, properties -> {
            properties.putAll(items);
            return properties;
        });
        return Shape.of("meta", items);
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow("compute:image:manage")
    void delete(Caller caller, Microversion version, @PathVariable String image, @PathVariable String key) {
        Since.last(version, LAST);
        change(caller, image, properties -> {
            if (properties.remove(key) == null) {
                throw Refusal.notFound("Invalid metadata key");
            }
            return properties;
        });
    }

    private Map<String, String> change(Caller caller, String image, UnaryOperator<Map<String, String>> change) {
        return images.properties(caller, ImagesController.id(image), before -> {
            Map<String, String> after = change.apply(before);
            if (after.size() > MOST) {
                throw Refusal.overQuota("An image can have at most " + MOST + " metadata items.");
            }
            return after;
        });
    }
}
