package dev.unkai.launcher;

/**
 * Lets guests reach whatever this machine reaches, the Internet among it: what leaves from the external network by another of this
 * machine's interfaces gets that interface's address (IPv4). Nobody outside reaches guests by this. Only where the operator
 * asks for it: guests reach the machine's neighbours too.
 */
record Masquerade(DataDirectory directory, ExternalNetwork external, String link) {
    void turn(boolean on) {
        if (on) {
            Command.of("sysctl", "--quiet", "--write", "net.ipv4.ip_forward=1").run();
            directory.write("etc/masquerade.nft", rules(), "rw-------");
            Command.of("nft", "--file", directory.of("etc/masquerade.nft").toString())
                    .run();
        } else {
            off(directory);
        }
    }

    static void off(DataDirectory directory) {
        Command.of("nft", "delete", "table", "ip", table(directory)).attempt();
    }

    /** Deleted and made in one go: the rules are there once, whatever was before. */
    private String rules() {
        return """
                table ip %1$s
                delete table ip %1$s
                table ip %1$s {
                    chain out {
                        type nat hook postrouting priority srcnat; policy accept;
                        ip saddr %2$s oifname != "%3$s" masquerade
                    }
                }
                """.formatted(table(directory), external.cidr(), link);
    }

    private static String table(DataDirectory directory) {
        return "unkai_out_" + directory.tag();
    }
}
