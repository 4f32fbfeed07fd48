package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.download.DownloadRules;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.ImageQuery;
import dev.unkai.cloud.image.work.ImageCatalog;
import dev.unkai.cloud.image.work.ImageCatalog.Edit;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Image API v2: images and their tags. */
@RestController
@RequestMapping("/image/v2/images")
final class ImageController {
    private final ImageCatalog catalog;
    private final DownloadRules rules;
    private final Bodies bodies;

    ImageController(ImageCatalog catalog, DownloadRules rules, Bodies bodies) {
        this.catalog = catalog;
        this.rules = rules;
        this.bodies = bodies;
    }

    @Allow("image:image:create")
    @PostMapping
    ResponseEntity<Map<String, @Nullable Object>> create(Caller caller, HttpServletRequest request) {
        JsonNode body = bodies.read(request);
        if (!body.isObject()) {
            throw Refusal.invalid("The request body must be a JSON object.");
        }
        ImageEdit edit = new ImageEdit(ImageAttributes.blank(), null);
        UUID id = null;
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (field.getKey().equals("id")) {
                if (!field.getValue().isString()
                        || !Bodies.isId(field.getValue().stringValue())) {
                    throw Refusal.invalid("id must be a UUID.");
                }
                id = UUID.fromString(field.getValue().stringValue());
            } else {
                edit.set(field.getKey(), field.getValue());
            }
        }
        Image image = catalog.create(caller, id, edit.owner(), edit.attributes());
        return ResponseEntity.status(201)
                .header(HttpHeaders.LOCATION, ImageView.path(image.id()))
                .header("OpenStack-image-import-methods", String.join(",", ImageStageController.importMethods(rules)))
                .body(ImageView.of(image));
    }

    @Allow("image:image:list")
    @GetMapping
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        Map<String, String[]> parameters = request.getParameterMap();
        ImageQuery query = new ListParameters(parameters).query(caller);
        List<Image> images = catalog.list(caller, query);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("images", images.stream().map(ImageView::of).toList());
        answer.put("first", link(parameters, null));
        if (!images.isEmpty() && images.size() == query.limit()) {
            answer.put("next", link(parameters, images.getLast().id()));
        }
        answer.put("schema", "/v2/schemas/images");
        return answer;
    }

    @Allow("image:image:show")
    @GetMapping("/{id}")
    Map<String, @Nullable Object> show(Caller caller, @PathVariable String id) {
        return ImageView.of(catalog.show(caller, Bodies.imageId(id)));
    }

    @Allow("image:image:update")
    @PatchMapping("/{id}")
    Map<String, @Nullable Object> update(Caller caller, @PathVariable String id, HttpServletRequest request) {
        ImagePatch patch = ImagePatch.parse(bodies.read(request), request.getContentType());
        return ImageView.of(catalog.update(caller, Bodies.imageId(id), image -> {
            ImageEdit edit = new ImageEdit(image.attributes(), image.owner());
            patch.applyTo(edit);
            return new Edit(Objects.requireNonNull(edit.owner()), edit.attributes());
        }));
    }

    @Allow("image:image:delete")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
        catalog.delete(caller, Bodies.imageId(id));
        return ResponseEntity.noContent().build();
    }

    @Allow("image:tag:update")
    @PutMapping("/{id}/tags/{tag}")
    ResponseEntity<Void> addTag(Caller caller, @PathVariable String id, @PathVariable String tag) {
        catalog.addTag(caller, Bodies.imageId(id), ImageEdit.tag(tag));
        return ResponseEntity.noContent().build();
    }

    @Allow("image:tag:update")
    @DeleteMapping("/{id}/tags/{tag}")
    ResponseEntity<Void> removeTag(Caller caller, @PathVariable String id, @PathVariable String tag) {
        catalog.removeTag(caller, Bodies.imageId(id), ImageEdit.tag(tag));
        return ResponseEntity.noContent().build();
    }

    /** Links of this API begin at the version: clients put their endpoint before them. */
    private static String link(Map<String, String[]> parameters, @Nullable UUID marker) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> {
            for (String value : values) {
                if (!name.equals("marker")) {
                    pairs.add(encoded(name) + "=" + encoded(value));
                }
            }
        });
        if (marker != null) {
            pairs.add("marker=" + marker);
        }
        return "/v2/images" + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
