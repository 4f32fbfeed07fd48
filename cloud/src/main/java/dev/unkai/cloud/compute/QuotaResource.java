package dev.unkai.cloud.compute;

import java.util.Locale;
import java.util.Optional;

/** What a project's use of compute is limited in, with the limit where the provider set none. */
public enum QuotaResource {
    INSTANCES(10),
    CORES(20),
    RAM(50 * 1024),
    METADATA_ITEMS(128),
    KEY_PAIRS(100),
    SERVER_GROUPS(10),
    SERVER_GROUP_MEMBERS(10);

    private final int otherwise;

    QuotaResource(int otherwise) {
        this.otherwise = otherwise;
    }

    /** The default limit; RAM in MiB. */
    public int otherwise() {
        return otherwise;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<QuotaResource> of(String wireName) {
        for (QuotaResource resource : values()) {
            if (resource.wireName().equals(wireName)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }
}
