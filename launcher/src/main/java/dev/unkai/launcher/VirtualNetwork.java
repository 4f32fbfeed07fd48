package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The centre of OVN: the two databases and the daemon that translates one into the other. Listens on Unix sockets, and
 * for hosts on other machines over mutual TLS at the southbound database: a host's certificate bears its chassis's name,
 * and OVN's role for controllers lets it change its own rows only.
 */
final class VirtualNetwork {
    private static final List<String> DAEMONS =
            List.of("ovn-sessions", "ovn-northd", "ovn-southbound", "ovn-northbound");

    /** Certificates are looked at when a session begins: none lasts longer, so that a removed host's ends soon after its certificate (0046). */
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);

    /** The name of the certificate that hosts are shown. */
    static final String CERTIFICATE = "southbound";

    /** A database is read before anybody listens: that of hosts takes half a minute with 100,000 ports (490 MB). */
    private static final Duration READING = Duration.ofMinutes(5);

    private final DataDirectory directory;
    private final Keepers keepers;

    VirtualNetwork(DataDirectory directory, Keepers keepers) {
        this.directory = directory;
        this.keepers = keepers;
    }

    /** @param port for hosts on other machines; empty while none is let in */
    void start(OptionalInt port) {
        directory.directory("ovn", "rwx------");
        directory.directory("run/ovn", "rwxr-xr-x");
        for (String half : List.of("northbound", "southbound")) {
            if (!keepers.running("ovn-" + half)) {
                delete(socket(half.startsWith("n") ? "nb" : "sb"));
            }
        }
        // Of the processes, cloud alone writes the northbound database; nobody but root's daemons sees the southbound
        // one.
        keepers.start(database("ovn-northbound", "nb", Account.CLOUD));
        keepers.start(database("ovn-southbound", "sb", Account.ROOT));
        for (String socket : List.of("nb", "sb")) {
            Path path = socket(socket);
            if (!Waiting.until(() -> Files.exists(path), READING)) {
                throw new Problem("service.silent", "OVN", keepers.lastWords("ovn-northbound", 5), directory.of("log"));
            }
        }
        letHostsIn(port);
        if (port.isPresent()) {
            keepers.start(sessions());
        } else {
            keepers.stop("ovn-sessions", 10);
        }
        keepers.start(Service.of(
                "ovn-northd",
                List.of(
                        "ovn-northd",
                        "--ovnnb-db=unix:" + socket("nb"),
                        "--ovnsb-db=unix:" + socket("sb"),
                        "--unixctl=" + directory.of("run/ovn/ovn-northd.ctl"),
                        "--no-chdir",
                        "-vconsole:warn",
                        "-vsyslog:off")));
    }

    /** Whenever it ends it is begun again, and drops all sessions of the southbound database; controllers come back by themselves at once. */
    private Service sessions() {
        return Service.of(
                "ovn-sessions",
                List.of(
                        "/bin/sh",
                        "-c",
                        "ovs-appctl --timeout=20 -t \"$1\" ovsdb-server/reconnect; exec sleep \"$2\"",
                        "sh",
                        directory.of("run/ovn/ovnsb_db.ctl").toString(),
                        String.valueOf(LONGEST_SESSION.toSeconds())));
    }

    private void letHostsIn(OptionalInt port) {
        List<String> command =
                new ArrayList<>(List.of("ovn-sbctl", "--timeout=20", "--no-leader-only", "--db=unix:" + socket("sb")));
        if (port.isPresent()) {
            command.addAll(List.of(
                    "set-connection",
                    "role=ovn-controller",
                    "pssl:" + port.getAsInt() + ":0.0.0.0",
                    "--",
                    "set",
                    "connection",
                    ".",
                    "inactivity_probe=15000"));
        } else {
            command.add("del-connection");
        }
        // The socket is there a moment before anybody listens at it.
        Command set = new Command(command);
        if (!Waiting.until(set::succeeds, Duration.ofSeconds(20))) {
            set.run();
        }
    }

    void stop() {
        Parallel.run(DAEMONS, daemon -> keepers.stop(daemon, 10));
    }

    Southbound southbound() {
        return new Southbound.Here(socket("sb"));
    }

    String northbound() {
        return "unix:" + socket("nb");
    }

    /** A socket that a crash has left would look like a running server. */
    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path socket(String half) {
        return directory.of("run/ovn/ovn" + half + "_db.sock");
    }

    private Service database(String name, String half, Account reader) {
        Path file = directory.of("ovn/ovn" + half + "_db.db");
        String schema = "/usr/share/ovn/ovn-" + half + ".ovsschema";
        if (!Files.exists(file)) {
            Command.of("ovsdb-tool", "create", file.toString(), schema).run();
        } else if (!keepers.running(name)
                && Command.of("ovsdb-tool", "needs-conversion", file.toString(), schema)
                        .run()
                        .equals("yes")) {
            Command.of("ovsdb-tool", "convert", file.toString(), schema).run();
        }
        List<String> command = new ArrayList<>(List.of(
                // The socket gets the process's group; the umask lets that group write.
                "setpriv",
                "--regid=" + reader.userName(),
                "--clear-groups",
                "--",
                "/bin/sh",
                "-c",
                "umask 007; exec \"$@\"",
                "sh",
                "ovsdb-server",
                file.toString(),
                "--remote=punix:" + socket(half),
                "--unixctl=" + directory.of("run/ovn/ovn" + half + "_db.ctl"),
                "--no-chdir",
                "-vconsole:warn",
                "-vsyslog:off"));
        if (half.equals("sb")) {
            command.addAll(List.of(
                    "--remote=db:OVN_Southbound,SB_Global,connections",
                    "--private-key=" + directory.of("pki/" + CERTIFICATE + ".key"),
                    "--certificate=" + directory.of("pki/" + CERTIFICATE + ".crt"),
                    "--ca-cert=" + directory.of("pki/hosts-ca.crt")));
        }
        return Service.of(name, command);
    }
}
