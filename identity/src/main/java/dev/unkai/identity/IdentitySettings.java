package dev.unkai.identity;

import dev.unkai.identity.factor.FactorSetting;
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
 * @param tokenLife how long a log-in lasts, except in the console
 * @param consoleIdle after how long without its user's doing a session of the console ends; a day at most
 * @param consoleLongest how long a session of the console lasts at most
 * @param identity the rules for accounts
 * @param vpn the SSL-VPN of the site, as far as there is one
 */
@ConfigurationProperties("unkai")
public record IdentitySettings(
        Path data,
        URI publicUrl,
        String region,
        @Nullable Path bootstrap,
        @DefaultValue("1h") Duration tokenLife,
        @DefaultValue("30m") Duration consoleIdle,
        @DefaultValue("12h") Duration consoleLongest,
        @DefaultValue Rules identity,
        @DefaultValue Vpn vpn) {
    public IdentitySettings {
        if (!consoleIdle.isPositive()
                || !consoleLongest.isPositive()
                || consoleIdle.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "unkai.console-idle (a day at most) and unkai.console-longest must be durations such as 30m and 12h.");
        }
    }

    /**
     * What accounts must do.
     *
     * @param secondFactor {@code required-for-roles ROLE…}: who has one of these roles sets up a second factor at the first log-in;
     *     {@code enrolled}: only who has one gives it
     * @param passwordLife how long a password is good, or null for as long as nobody changes it
     */
    public record Rules(
            @DefaultValue(FactorSetting.DEFAULT) String secondFactor,
            @Nullable Duration passwordLife) {}

    /**
     * The SSL-VPN gateway.
     *
     * @param pool the IPv4 prefix that the inner addresses of all tunnels come from, or null: the site has no gateway
     * @param gateway {@code address:port} at which clients reach it, or null
     */
    public record Vpn(@Nullable String pool, @Nullable String gateway) {}

    /** The root of the Identity v3 API as clients see it. */
    public String api() {
        return publicUrl + "/identity/v3";
    }

    /** Where the key that seals the signing keys is kept. */
    public Path keyFile() {
        return data.resolve("identity").resolve("identity.key");
    }
}
