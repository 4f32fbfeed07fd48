package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.download.DownloadRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Image API v2: which versions there are, what an image looks like, how data can be brought in. */
@RestController
final class ImageDiscoveryController {
    /** 2.7 is the version of hidden images and of os_hash_value; later ones are about several stores. */
    private static final int NEWEST_MINOR = 7;

    private static final Set<String> SCHEMAS = Set.of("image", "images", "member", "members", "task", "tasks");
    private static final Set<String> METADEF_SCHEMAS = Set.of(
            "namespace",
            "namespaces",
            "object",
            "objects",
            "property",
            "properties",
            "tag",
            "tags",
            "resource_type",
            "resource_types");

    private final String address;
    private final DownloadRules rules;

    ImageDiscoveryController(@Value("${unkai.public-url}") String publicUrl, DownloadRules rules) {
        this.rules = rules;
        this.address = publicUrl.replaceFirst("/+$", "") + "/image/v2/";
    }

    @Allow(Allow.PUBLIC)
    @GetMapping({"/image", "/image/"})
    ResponseEntity<Map<String, Object>> choices() {
        return ResponseEntity.status(300).body(versions());
    }

    @Allow(Allow.PUBLIC)
    @GetMapping({"/image/versions", "/image/v2", "/image/v2/"})
    Map<String, Object> versions() {
        List<Map<String, Object>> versions = new ArrayList<>();
        for (int minor = NEWEST_MINOR; minor >= 0; minor--) {
            versions.add(Map.of(
                    "id",
                    "v2." + minor,
                    "status",
                    minor == NEWEST_MINOR ? "CURRENT" : "SUPPORTED",
                    "links",
                    List.of(Map.of("rel", "self", "href", address))));
        }
        return Map.of("versions", versions);
    }

    @Allow("image:schema:show")
    @GetMapping("/image/v2/schemas/{name}")
    ResponseEntity<String> schema(@PathVariable String name) throws IOException {
        return schema(SCHEMAS, "", name);
    }

    @Allow("image:schema:show")
    @GetMapping("/image/v2/schemas/metadefs/{name}")
    ResponseEntity<String> metadefSchema(@PathVariable String name) throws IOException {
        return schema(METADEF_SCHEMAS, "metadefs/", name);
    }

    private static ResponseEntity<String> schema(Set<String> known, String folder, String name) throws IOException {
        if (!known.contains(name)) {
            throw Refusal.notFound("There is no schema of that name.");
        }
        String file = "/image/" + folder + name + ".json";
        try (InputStream schema = ImageDiscoveryController.class.getResourceAsStream(file)) {
            if (schema == null) {
                throw new IllegalStateException("The schema " + file + " is not in the program");
            }
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The ways to bring in data besides PUT …/file. */
    @Allow("image:schema:show")
    @GetMapping("/image/v2/info/import")
    Map<String, Object> importMethods() {
        return Map.of(
                "import-methods",
                Map.of(
                        "description",
                        "Import methods available.",
                        "type",
                        "array",
                        "value",
                        ImageStageController.importMethods(rules)));
    }
}
