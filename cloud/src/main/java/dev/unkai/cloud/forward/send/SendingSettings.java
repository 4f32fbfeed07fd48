package dev.unkai.cloud.forward.send;

import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.ReachableAddresses;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What a site sets for its sending.
 *
 * @param customers which addresses customers' events go to
 * @param provider the same for the provider's own, whose log service mostly stands inside
 * @param longest how long one delivery may take
 */
@Component
public record SendingSettings(
        ReachableAddresses customers, ReachableAddresses provider, Duration longest, SyslogMessage messages) {
    private static final String SETTING = "unkai.forwarding";
    private static final int HTTPS = 443;
    private static final int FIRST_UNPRIVILEGED = 1_024;

    /**
     * Each below {@code unkai.forwarding}; lists are separated by commas.
     *
     * @param enterprise the site's own private enterprise number; 32473 is the one that RFC 5612 keeps for who has none
     */
    @Autowired
    SendingSettings(
            @Value("${unkai.forwarding.opened:}") String opened,
            @Value("${unkai.forwarding.closed:}") String closed,
            @Value("${unkai.forwarding.provider-opened:}") String providerOpened,
            @Value("${unkai.forwarding.longest:20s}") Duration longest,
            @Value("${unkai.forwarding.enterprise-number:32473}") int enterprise,
            @Value("${unkai.public-url}") URI publicUrl) {
        this(
                new ReachableAddresses(prefixes(opened), prefixes(closed)),
                new ReachableAddresses(
                        Stream.of(prefixes(opened), prefixes(providerOpened))
                                .flatMap(List::stream)
                                .toList(),
                        prefixes(closed)),
                longest,
                new SyslogMessage(Optional.ofNullable(publicUrl.getHost()).orElse("-"), enterprise));
    }

    ReachableAddresses addresses(boolean ofProvider) {
        return ofProvider ? provider : customers;
    }

    /** Whether the text of an address may be used as far as it tells; what a name stands for is looked at when it is connected to. */
    public boolean mayBeOpen(String host, int port, boolean ofProvider) {
        // Ports of mail, of remote shells and the like answer other protocols, and an attempt there looks like an
        // attack by us.
        boolean usual = port == HTTPS || (port >= FIRST_UNPRIVILEGED && port <= 65_535);
        return usual && addresses(ofProvider).mayBeOpen(host);
    }

    private static List<AddressPrefix> prefixes(String text) {
        return ReachableAddresses.prefixes(text, SETTING);
    }
}
