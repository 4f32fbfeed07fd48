package dev.unkai.cloud.image.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.work.ImageUsage;
import dev.unkai.cloud.image.work.ImageUsage.Usage;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Image API v2: what the caller's project has and may have; sizes in whole MiB, a limit of -1 is none. */
@RestController
final class ImageUsageController {
    private static final int MIB = 20;

    private final ImageUsage usage;

    ImageUsageController(ImageUsage usage) {
        this.usage = usage;
    }

    @Allow("image:image:list")
    @GetMapping("/image/v2/info/usage")
    Map<String, Object> show(Caller caller) {
        Usage now = usage.of(caller);
        // Staged data counts in the one total, and as many uploads may run as there may be images.
        return Map.of(
                "usage",
                Map.of(
                        "image_size_total", of(now.bytes() >> MIB, now.mostBytes() >> MIB),
                        "image_stage_total", of(now.stagedBytes() >> MIB, now.mostBytes() >> MIB),
                        "image_count_total", of(now.images(), now.mostImages()),
                        "image_count_uploading", of(now.uploading(), -1)));
    }

    private static Map<String, Long> of(long usage, long limit) {
        return Map.of("usage", usage, "limit", limit);
    }
}
