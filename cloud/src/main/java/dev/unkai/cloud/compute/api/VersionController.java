package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where clients begin: which versions of the Compute and Placement APIs there are. */
@RestController
class VersionController {
    private final Links links;

    VersionController(Links links) {
        this.links = links;
    }

    @GetMapping({"/compute", "/compute/"})
    @Allow(Allow.PUBLIC)
    Shape versions() {
        return Shape.of("versions", List.of(legacy(), current()));
    }

    @GetMapping({"/compute/v2.1", "/compute/v2.1/"})
    @Allow(Allow.PUBLIC)
    Shape version() {
        return Shape.of("version", current().with("media-types", mediaTypes("2.1")));
    }

    @GetMapping({"/compute/v2", "/compute/v2/"})
    @Allow(Allow.PUBLIC)
    Shape legacyVersion() {
        return Shape.of("version", legacy().with("media-types", mediaTypes("2")));
    }

    /** The same below a version, where the reference's router has it as well. */
    @GetMapping("/compute/v2.1/versions/{id}")
    @Allow("compute:extension:show")
    Shape version(@PathVariable String id) {
        return switch (id) {
            case "v2.1" -> version();
            case "v2.0" -> legacyVersion();
            default -> throw Refusal.notFound("The resource could not be found.");
        };
    }

    private static List<Shape> mediaTypes(String version) {
        return List.of(new Shape()
                .with("base", "application/json")
                .with("type", "application/vnd.openstack.compute+json;version=" + version));
    }

    private Shape current() {
        return version(
                "v2.1",
                "CURRENT",
                Microversion.NEWEST.toString(),
                Microversion.OLDEST.toString(),
                "2013-07-23T11:33:21Z",
                links.self(""));
    }

    /** The address before microversions, see {@link LegacyVersion}; first in the list, as clients expect. */
    private Shape legacy() {
        return version("v2.0", "SUPPORTED", "", "", "2011-01-21T11:33:21Z", links.bookmark("v2/"));
    }

    private static Shape version(
            String id, String status, String newest, String oldest, String updated, String address) {
        return new Shape()
                .with("id", id)
                .with("status", status)
                .with("version", newest)
                .with("min_version", oldest)
                .with("updated", updated)
                .with("links", List.of(new Shape().with("rel", "self").with("href", address)));
    }

    /** Placement answers only this: which host a server gets is decided inside, and no client may claim. */
    @GetMapping({"/placement", "/placement/"})
    @Allow(Allow.PUBLIC)
    ResponseEntity<Shape> placement() {
        Shape version = new Shape()
                .with("id", "v1.0")
                .with("status", "CURRENT")
                .with("min_version", "1.0")
                .with("max_version", "1.0")
                .with("links", List.of(new Shape().with("rel", "self").with("href", "")));
        return ResponseEntity.status(HttpStatus.OK).body(Shape.of("versions", List.of(version)));
    }
}
