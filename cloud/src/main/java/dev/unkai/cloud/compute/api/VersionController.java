package dev.unkai.cloud.compute.api;

import dev.unkai.base.access.Allow;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
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
        return Shape.of("versions", List.of(version(links.self(""))));
    }

    @GetMapping({"/compute/v2.1", "/compute/v2.1/"})
    @Allow(Allow.PUBLIC)
    Shape version() {
        Shape version = version(links.self(""));
        version.with(
                "media-types",
                List.of(new Shape()
                        .with("base", "application/json")
                        .with("type", "application/vnd.openstack.compute+json;version=2.1")));
        return Shape.of("version", version);
    }

    private static Shape version(String address) {
        return new Shape()
                .with("id", "v2.1")
                .with("status", "CURRENT")
                .with("version", Microversion.NEWEST.toString())
                .with("min_version", Microversion.OLDEST.toString())
                .with("updated", "2013-07-23T11:33:21Z")
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
