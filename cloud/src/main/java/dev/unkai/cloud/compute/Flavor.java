package dev.unkai.cloud.compute;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A size that servers can be made in, as the catalogue has it now. */
public record Flavor(
        String id,
        String name,
        int vcpus,
        int ramMb,
        int diskGb,
        int ephemeralGb,
        int swapMb,
        double rxtxFactor,
        boolean isPublic,
        boolean disabled,
        @Nullable String description,
        Map<String, String> extraSpecs) {
    public Flavor {
        extraSpecs = Map.copyOf(extraSpecs);
    }

    /** The copy that a server keeps. */
    Server.Size size() {
        return new Server.Size(id, name, vcpus, ramMb, diskGb, ephemeralGb, swapMb, extraSpecs);
    }
}
