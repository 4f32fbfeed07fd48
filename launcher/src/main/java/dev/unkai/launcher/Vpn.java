package dev.unkai.launcher;

import java.util.Optional;

/**
 * The SSL-VPN of one data directory: where clients connect, and the prefix of its tunnels. Its address is another than the console's: a
 * client's route to the console leads through the tunnel, and the tunnel itself must not.
 *
 * @param pool CIDR, IPv4
 */
record Vpn(String address, int port, String pool) {
    static final String SERVER = "ocserv";
    static final String CONTROL = "vpn-control";
    /** Of RFC 6598: few networks of customers use it. */
    private static final String USUAL_POOL = "100.64.0.0/16";

    /** What was asked for, or was chosen before; throws a Problem where it cannot be. */
    static Optional<Vpn> choose(VpnOptions wanted, Settings settings, Site site) {
        wanted.door().ifPresent(door -> settings.put("vpn", door));
        wanted.pool().ifPresent(pool -> settings.put("vpn-pool", pool));
        String door = settings.get("vpn", () -> VpnOptions.OFF);
        if (door.equals(VpnOptions.OFF)) {
            return Optional.empty();
        }
        String pool = settings.get("vpn-pool", () -> USUAL_POOL);
        int colon = door.indexOf(':');
        Vpn vpn = new Vpn(door.substring(0, colon), Integer.parseInt(door.substring(colon + 1)), pool);
        String console = site.address().orElseThrow(() -> new Problem("vpn.closed"));
        if (console.equals(vpn.address())) {
            throw new Problem("vpn.same", console);
        }
        return Optional.of(vpn);
    }

    /** What identity is told of it, below {@code unkai:}. */
    String ofIdentity() {
        return """
                  vpn:
                    pool: "%s"
                    gateway: "%s:%d"
                """.formatted(pool, address, port);
    }

    /** The beginning of the names of the tunnels' devices. */
    static String device(DataDirectory directory) {
        return "uv" + directory.tag();
    }

    static String table(DataDirectory directory) {
        return "unkai_vpn_" + directory.tag();
    }

    /** Stops what runs of it. */
    static void stop(DataDirectory directory, Keepers keepers) {
        keepers.stop(CONTROL, 5);
        keepers.stop(SERVER, 10);
        keepers.stop(Program.GATEWAY.title(), 10);
        Command.of("nft", "delete", "table", "inet", table(directory)).attempt();
    }
}
