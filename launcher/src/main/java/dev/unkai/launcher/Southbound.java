package dev.unkai.launcher;

import java.nio.file.Path;
import java.util.List;

/** Where a host's OVN controller finds the southbound database, and how it shows who it is. */
sealed interface Southbound {
    /** The value of {@code external-ids:ovn-remote}. */
    String remote();

    /** Further words for the controller's command line. */
    List<String> credentials();

    /** On the machine of the cloud itself. */
    record Here(Path socket) implements Southbound {
        @Override
        public String remote() {
            return "unix:" + socket;
        }

        @Override
        public List<String> credentials() {
            return List.of();
        }
    }

    /** @param address IPv4 address and port */
    record There(String address, Path key, Path certificate, Path authority) implements Southbound {
        @Override
        public String remote() {
            return "ssl:" + address;
        }

        @Override
        public List<String> credentials() {
            return List.of("--private-key=" + key, "--certificate=" + certificate, "--ca-cert=" + authority);
        }
    }
}
