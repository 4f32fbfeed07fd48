package dev.unkai.node.image;

import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.ImageAhead;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the images which the plan asks for ahead are here, and stay while it does. */
public final class ImagesAhead {
    private static final Logger log = LoggerFactory.getLogger(ImagesAhead.class);

    /** After this many seconds what failed is tried again. */
    private static final int AGAIN_SECONDS = 60;

    private final ImageCache cache;
    private volatile List<ImageAhead> wanted = List.of();

    public ImagesAhead(ImageCache cache) {
        this.cache = cache;
    }

    public void start(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(this::fetch, AGAIN_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes what a new plan asks for; returns at once. */
    public void apply(List<ImageAhead> next) {
        if (!next.equals(wanted)) {
            wanted = List.copyOf(next);
            fetch();
        }
    }

    /** The SHA-512 of each, by which the cache names them. */
    public Set<String> names() {
        return wanted.stream().map(ImageAhead::getImageSha512).collect(Collectors.toSet());
    }

    private void fetch() {
        for (ImageAhead image : wanted) {
            Disk disk = Disk.newBuilder()
                    .setImageId(image.getImageId())
                    .setImageSha512(image.getImageSha512())
                    .setImageSize(image.getImageSize())
                    .build();
            cache.ensure(disk).whenComplete((file, failure) -> {
                if (failure != null) {
                    log.warn(
                            "Image {} cannot be fetched ahead: {}",
                            image.getImageId(),
                            ImageCache.reason(failure).getMessage());
                }
            });
        }
    }
}
