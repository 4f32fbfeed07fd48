package dev.unkai.cloud.compute.api;

import dev.unkai.cloud.compute.Flavor;
import org.springframework.stereotype.Component;

/** A flavor in answers: description since 2.55, extra specs since 2.61, an honest swap number since 2.75. */
@Component
class FlavorView {
    private final Links links;

    FlavorView(Links links) {
        this.links = links;
    }

    Shape brief(Flavor flavor, Microversion version) {
        return new Shape()
                .with("id", flavor.id())
                .with("name", flavor.name())
                .with("links", links.of("flavors/" + Links.encoded(flavor.id())))
                .when(version.atLeast(55), "description", flavor.description());
    }

    Shape full(Flavor flavor, Microversion version) {
        boolean plainSwap = version.atLeast(75) || flavor.swapMb() > 0;
        return new Shape()
                .with("id", flavor.id())
                .with("name", flavor.name())
                .with("ram", flavor.ramMb())
                .with("disk", flavor.diskGb())
                .with("swap", plainSwap ? flavor.swapMb() : "")
                .with("OS-FLV-EXT-DATA:ephemeral", flavor.ephemeralGb())
                .with("OS-FLV-DISABLED:disabled", flavor.disabled())
                .with("vcpus", flavor.vcpus())
                .with("os-flavor-access:is_public", flavor.isPublic())
                .with("rxtx_factor", flavor.rxtxFactor())
                .with("links", links.of("flavors/" + Links.encoded(flavor.id())))
                .when(version.atLeast(55), "description", flavor.description())
                .when(version.atLeast(61), "extra_specs", flavor.extraSpecs());
    }
}
