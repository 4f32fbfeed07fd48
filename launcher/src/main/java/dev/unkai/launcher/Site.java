package dev.unkai.launcher;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How this cloud is reached: the name that browsers and clients use, and the ports. */
record Site(String host, Ports ports) {
    static Site choose(Options options, Settings settings) {
        options.host().ifPresent(host -> settings.put("host", host));
        options.port().ifPresent(port -> settings.put("port", String.valueOf(port)));
        options.clouds().ifPresent(clouds -> settings.put("clouds", String.valueOf(clouds)));
        return chosen(settings);
    }

    /** As it was chosen before. */
    static Site chosen(Settings settings) {
        return new Site(
                settings.get("host", () -> "127.0.0.1"),
                new Ports(
                        Integer.parseInt(settings.get("port", () -> "8443")),
                        Integer.parseInt(settings.get("clouds", () -> "1"))));
    }

    /** The name by which browsers reach it; empty where that is an address, for which certificates from outside are not given. */
    Optional<String> named() {
        return host.matches("[0-9.]+") || host.equals("localhost") ? Optional.empty() : Optional.of(host);
    }

    /** {@code host:port} at which each cloud process takes nodes, for those that find this machine as {@code host}. */
    List<String> nodeDoors(String host) {
        return IntStream.rangeClosed(1, ports.clouds())
                .mapToObj(number -> host + ":" + ports.nodes(number))
                .toList();
    }

    String publicUrl() {
        return "https://" + host + ":" + ports.cloud();
    }

    /** Other machines are let in only if a name was given by which they find this one. */
    boolean open() {
        return !host.equals("127.0.0.1") && !host.equals("localhost");
    }

    String listenAddress() {
        return open() ? "0.0.0.0" : "127.0.0.1";
    }

    /** This machine's IPv4 address for other hosts; empty while none is let in. Throws a Problem for an unknown name. */
    Optional<String> address() {
        return open() ? Optional.of(Addresses.ipv4(host)) : Optional.empty();
    }
}
