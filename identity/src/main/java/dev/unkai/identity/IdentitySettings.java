package dev.unkai.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code DIR/etc/identity.yaml} says beside the keys that all processes share.
 *
 * @param data the installation's data directory
 * @param publicUrl where clients see the service, without a slash at the end
 * @param region the one region of the catalog
 * @param bootstrap a YAML file with accounts to make when absent
 * @param tokenLife how long a log-in lasts
 * @param identity the rules for accounts
 */
@ConfigurationProperties("unkai")
public record IdentitySettings(
        Path data,
        URI publicUrl,
        String region,
        @Nullable Path bootstrap,
        @DefaultValue("1h") Duration tokenLife,
        @DefaultValue Rules identity) {
    /**
     * What accounts must do.
     *
     * @param secondFactor {@code enrolled}: who has a second factor gives it; {@code required-for-roles ROLE…}: these roles
     *     are given to nobody without one
     * @param passwordLife how long a password is good, or null for as long as nobody changes it
     */
    public record Rules(
            @DefaultValue("enrolled") String secondFactor,
            @Nullable Duration passwordLife) {}

    /** The root of the Identity v3 API as clients see it. */
    public String api() {
        return publicUrl + "/identity/v3";
    }

    /** Where the key that seals the signing keys is kept. */
    public Path keyFile() {
        return data.resolve("identity").resolve("identity.key");
    }
}
