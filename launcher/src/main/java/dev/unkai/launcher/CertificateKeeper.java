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

    /** @param edge whose files, if it comes from files, are looked at for changes all the time */
    void start(Edge edge) {
        List<Path> given = edge instanceof Edge.FromFiles(Path certificate, Path key)
                ? List.of(certificate, key)
                : List.of(Path.of(""), Path.of(""));
        Path jar = Program.LAUNCHER.install(source, directory);
        Path loop = Script.CERTIFICATES.install(directory);
        keepers.start(Service.of(
                SERVICE,
                List.of(
                        "/bin/sh",
                        loop.toString(),
                        String.valueOf(EVERY.toSeconds()),
                        directory.of("pki").toString(),
                        given.getFirst().toString(),
                        given.getLast().toString(),
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

    /**
     * Everything that the processes' authority has certified, one whatever becomes of the others; the hosts' renew themselves. And the operator's own
     * files are taken over, if there are any. Their readers look at the files at each handshake.
     */
    static void renew(DataDirectory directory, Clock clock) {
        Renewals renewals = new Renewals(directory, clock);
        Authority authority = Authority.open(directory, clock);
        for (String name : List.of(
                Program.IDENTITY.title(),
                Program.LEDGER.title(),
                Program.CLOUD.title(),
                Program.GATEWAY.title(),
                VpnServer.CERTIFICATE,
                VirtualNetwork.CERTIFICATE,
                Authority.EVIDENCE,
                Readiness.COMMON_NAME)) {
            try {
                if (authority.renew(name)) {
                    System.out.println("The certificate of " + name + " was renewed.");
                }
                renewals.succeeded(name);
            } catch (IllegalStateException | Problem e) {
                System.out.println(e.getMessage());
                renewals.failed(name, e);
            }
        }
        Settings settings = new Settings(directory, "etc/settings");
        Site site = Site.chosen(settings);
        if (Edge.chosen(settings, site) instanceof Edge.FromFiles files) {
            new GivenFiles(directory, clock, Account.CLOUD)
                    .takeIfGood(files, site.host())
                    .ifPresent(refused -> System.out.println(refused.getMessage()));
        }
    }
}
