package dev.unkai.web;

import dev.unkai.wire.origin.AddressPrefix;
import dev.unkai.wire.origin.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from. It is the connection's address. Only a proxy that is configured is asked further: the client is
 * the right-most entry of X-Forwarded-For that is not such a proxy itself, since what stands left of it was written by the client. Our own cloud
 * process, known by its certificate, says in the same header for whom it asks. A header from anybody else has no effect.
 *
 * @param local from the machine itself: by loopback, and through no proxy, known or not
 */
record ClientAddress(IpAddress address, boolean local) {
    private static final String HEADER = "X-Forwarded-For";

    /** By one of these a proxy shows that it is one. */
    private static final List<String> MARKS = List.of(HEADER, "Forwarded", "X-Real-IP", "Via");

    /** What no client has, and no list names. */
    private static final IpAddress UNKNOWN = new IpAddress(0, 0);

    static ClientAddress of(HttpServletRequest request, List<AddressPrefix> proxies) {
        IpAddress peer = IpAddress.parse(request.getRemoteAddr()).orElse(UNKNOWN);
        // Whose certificate it is, is asked last: that costs an exception where there is none.
        if (request.getHeader(HEADER) != null && Peer.isCloud(request)) {
            List<String> entries = entries(request);
            Optional<IpAddress> client = entries.isEmpty() ? Optional.empty() : IpAddress.parse(entries.getLast());
            if (client.isPresent()) {
                return new ClientAddress(client.get(), client.get().isLoopback() && entries.size() == 1);
            }
        }
        if (!isProxy(peer, proxies)) {
            return new ClientAddress(
                    peer, peer.isLoopback() && MARKS.stream().allMatch(mark -> request.getHeader(mark) == null));
        }
        List<String> entries = entries(request);
        IpAddress nearest = peer;
        for (String entry : entries.reversed()) {
            Optional<IpAddress> before = IpAddress.parse(entry);
            if (before.isEmpty()) {
                break; // nobody that we trust has written this: go by who has sent it
            }
            nearest = before.get();
            if (!isProxy(nearest, proxies)) {
                break;
            }
        }
        return new ClientAddress(nearest, nearest.isLoopback() && entries.isEmpty());
    }

    /** What {@link #of} reads at the next of our processes. */
    String forwarded() {
        return address.isLoopback() && !local ? "unknown, " + address : address.toString();
    }

    private static boolean isProxy(IpAddress address, List<AddressPrefix> proxies) {
        return proxies.stream().anyMatch(prefix -> prefix.contains(address));
    }

    /** Of all lines of the header: they are one list (RFC 9110 section 5.3). */
    private static List<String> entries(HttpServletRequest request) {
        List<String> entries = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(HEADER))) {
            for (String entry : line.split(",", -1)) {
                entries.add(entry.strip());
            }
        }
        return entries;
    }
}
