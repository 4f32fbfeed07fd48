package dev.unkai.launcher;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Renews the certificates of the site's own authority while the cloud runs. The authority's key is root's alone, so no process of the service could
 * do it: this program does, for a second twice a day, begun by a small loop.
 */
final class CertificateKeeper {
    /** {@code launcher certificates DIR}, for the loop alone. */
    static final String COMMAND = "certificates";

    private static final String SERVICE = "certificates";
    private static final Duration EVERY = Duration.ofHours(12);

    private final Path source;
    private final DataDirectory directory;
    private final Keepers keepers;

    CertificateKeeper(Path source, DataDirectory directory, Keepers keepers) {
        this.source = source;
        this.directory = directory;
        this.keepers = keepers;
    }

    void start() {
        Path jar = Program.LAUNCHER.install(source, directory);
        Path loop = Script.CERTIFICATES.install(directory);
        keepers.start(Service.of(
                SERVICE,
                List.of(
                        "/bin/sh",
                        loop.toString(),
                        String.valueOf(EVERY.toSeconds()),
                        directory.of("pki").toString(),
                        Program.java(Account.ROOT).toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        COMMAND,
                        directory.path().toString())));
    }

    static void stop(Keepers keepers) {
        keepers.stop(SERVICE, 5);
    }

    /** Everything that the processes' authority has certified; the hosts' renew themselves. Their readers look at the files at each handshake. */
    static void renew(DataDirectory directory, Clock clock) {
        Authority authority = Authority.open(directory, clock);
        for (String name : List.of(
                Program.IDENTITY.title(),
                Program.LEDGER.title(),
                Program.CLOUD.title(),
                Program.GATEWAY.title(),
                VpnServer.CERTIFICATE,
                VirtualNetwork.CERTIFICATE,
                Readiness.COMMON_NAME)) {
            if (authority.renew(name)) {
                System.out.println("The certificate of " + name + " was renewed.");
            }
        }
    }
}
