package dev.unkai.cloud.image.content;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How large images may be. All figures in bytes; configured in GiB below {@code unkai.image}. */
@Component
public record ImageLimits(long largestFile, long largestDisk, long quota, long reserve) {
    private static final long GIB = 1L << 30;

    /**
     * @param quota of one project's image files together, where the project has none of its own
     * @param reserve what an upload leaves free on the disk that holds the images
     */
    public ImageLimits {
        if (largestFile <= 0 || largestDisk <= 0 || quota < 0 || reserve < 0) {
            throw new IllegalArgumentException("The limits below unkai.image must not be negative.");
        }
    }

    @org.springframework.beans.factory.annotation.Autowired
    ImageLimits(
            @Value("${unkai.image.largest-file-gib:100}") int largestFileGib,
            @Value("${unkai.image.largest-disk-gib:2048}") int largestDiskGib,
            @Value("${unkai.image.quota-gib:200}") int quotaGib,
            @Value("${unkai.image.reserve-gib:1}") int reserveGib) {
        this(largestFileGib * GIB, largestDiskGib * GIB, quotaGib * GIB, reserveGib * GIB);
    }
}
