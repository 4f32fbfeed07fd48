package dev.unkai.cloud.image.download;

import dev.unkai.base.Refusal;
import dev.unkai.wire.origin.ReachableAddresses;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where image data may be fetched from. What a customer names is fetched from inside the provider's network, so that only
 * {@link ReachableAddresses} are asked.
 *
 * @param offered whether the site fetches at all
 * @param ports TCP
 * @param longest how long one fetch may take
 */
@Component
public record DownloadRules(boolean offered, Set<Integer> ports, ReachableAddresses addresses, Duration longest) {
    private static final String SETTING = "unkai.image.web-download";
    private static final int LONGEST_ADDRESS = 2_048;

    public DownloadRules {
        ports = Set.copyOf(ports);
    }

    /** Each below {@code unkai.image.web-download}; lists are separated by commas. */
    @Autowired
    DownloadRules(
            @Value("${unkai.image.web-download.offered:true}") boolean offered,
            @Value("${unkai.image.web-download.ports:80,443}") String ports,
            @Value("${unkai.image.web-download.opened:}") String opened,
            @Value("${unkai.image.web-download.closed:}") String closed,
            @Value("${unkai.image.web-download.longest:1h}") Duration longest) {
        this(
                offered,
                words(ports).map(Integer::valueOf).collect(Collectors.toSet()),
                new ReachableAddresses(
                        ReachableAddresses.prefixes(opened, SETTING), ReachableAddresses.prefixes(closed, SETTING)),
                longest);
    }

    /**
     * The address, if it may be asked as far as its text tells; what its name stands for is looked at when it is fetched.
     *
     * @throws Refusal invalid
     */
    public URI checked(String text) {
        try {
            URI uri = new URI(text.length() > LONGEST_ADDRESS ? "" : text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web
                    && host != null
                    && uri.getRawUserInfo() == null
                    && ports.contains(port(uri))
                    && addresses.mayBeOpen(host)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Refusal.invalid("URI for web-download does not pass filtering: "
                + (text.length() > 200 ? text.substring(0, 200) + "…" : text));
    }

    static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /**
     * One address of the host, which the caller connects to without asking for the name again: it could mean another one then.
     *
     * @throws Refusal invalid, when there is none, or when any of them may not be reached
     */
    InetAddress resolved(String host) {
        try {
            return addresses.resolved(host);
        } catch (ReachableAddresses.Closed e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        } catch (UnknownHostException e) {
            throw Refusal.invalid("There is no host " + host + " in the DNS.");
        }
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }
}
