package dev.unkai.identity.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.IdentitySettings;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The version documents that clients start from. */
@RestController
public final class VersionController {
    private final VersionView version;

    public VersionController(IdentitySettings settings) {
        this.version = new VersionView(
                "v3.14",
                "stable",
                "2020-04-07T00:00:00Z",
                List.of(new LinkView("self", settings.api() + "/")),
                List.of(new MediaTypeView("application/json", "application/vnd.openstack.identity-v3+json")));
    }

    record LinkView(String rel, String href) {}

    record MediaTypeView(String base, String type) {}

    record VersionView(
            String id,
            String status,
            String updated,
            List<LinkView> links,
            @JsonProperty("media-types") List<MediaTypeView> mediaTypes) {}

    @Allow(Allow.PUBLIC)
    @GetMapping({"/identity", "/identity/"})
    ResponseEntity<Map<String, Object>> versions() {
        return ResponseEntity.status(HttpStatus.MULTIPLE_CHOICES)
                .header("Location", version.links().getFirst().href())
                .body(Map.of("versions", Map.of("values", List.of(version))));
    }

    @Allow(Allow.PUBLIC)
    @GetMapping({"/identity/v3", "/identity/v3/"})
    Map<String, VersionView> version() {
        return Map.of("version", version);
    }
}
