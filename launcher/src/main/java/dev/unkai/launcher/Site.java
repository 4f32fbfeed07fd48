package dev.unkai.launcher;

/** How this cloud is reached: the name that browsers and clients use, and the ports. */
record Site(String host, Ports ports) {
    static Site choose(Options options, Settings settings) {
        options.host().ifPresent(host -> settings.put("host", host));
        options.port().ifPresent(port -> settings.put("port", String.valueOf(port)));
        return new Site(
                settings.get("host", () -> "127.0.0.1"),
                new Ports(Integer.parseInt(settings.get("port", () -> "8443"))));
    }

    String publicUrl() {
        return "https://" + host + ":" + ports.cloud();
    }

    /** Other machines are let in only if a name was given by which they find this one. */
    String listenAddress() {
        return host.equals("127.0.0.1") || host.equals("localhost") ? "127.0.0.1" : "0.0.0.0";
    }
}
