package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Starts what is missing of one cloud on this machine, side by side, and waits until it can be used. */
final class Up {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Options options;
    private final DataDirectory directory;
    private final Progress progress;
    private final Path source;
    /** Whether something may run that a failed start should stop. */
    private volatile boolean begun;
    /** Whether the first cloud process answers an ACME server at a port that is else root's. */
    private volatile boolean lowPort;

    Up(Options options, DataDirectory directory, Progress progress, Path source) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
        this.source = source;
    }

    void run() {
        directory.prepare();
        Keepers keepers = new Keepers(directory);
        Down down = new Down(directory, progress);
        Thread main = Thread.currentThread();
        CountDownLatch started = new CountDownLatch(1);
        Thread atEnd = new Thread(() -> {
            main.interrupt();
            awaitQuiet(started);
            down.stop(false);
        });
        try (Lock held = Lock.take(directory)) {
            boolean fresh = !keepers.running("postgresql") && !keepers.running("libvirtd");
            if (!options.detach()) {
                Runtime.getRuntime().addShutdownHook(atEnd);
            }
            try {
                start(keepers);
            } catch (RuntimeException failure) {
                // Half a cloud helps nobody; one that ran before is left as it was.
                boolean ours = options.detach() || removed(atEnd);
                if (begun && fresh && ours) {
                    down.stop(false);
                }
                throw failure;
            } finally {
                started.countDown();
            }
        }
        if (!options.detach()) {
            stay(keepers, atEnd);
        }
    }

    private void start(Keepers keepers) {
        Settings settings = new Settings(directory, "etc/settings");
        Settings secrets = new Settings(directory, "etc/secrets");
        Site site = Site.choose(options, settings);
        site.ports().requireFree(keepers);
        String hostId = settings.get("host-id", () -> UUID.randomUUID().toString());
        Account.makeAbsent();
        Program.java(Account.CLOUD);
        makeOwnDirectories();
        issueCertificates(site, hostId);
        List<Person> people = Person.all(secrets, options.samples());
        Postgres postgres =
                new Postgres(directory, secrets, keepers, site.ports().database());
        Optional<Vpn> vpn = Vpn.choose(options.vpn(), settings, site);
        Edge edge = chooseEdge(settings, site);
        ConfigurationFiles files = new ConfigurationFiles(directory, site, postgres, vpn, edge, options.samples());
        options.masquerade().ifPresent(on -> settings.put("masquerade", String.valueOf(on)));
        boolean masquerades = Boolean.parseBoolean(settings.get("masquerade", () -> "false"));
        ExternalNetwork external = ExternalNetwork.reserve(directory);
        VirtualNetwork network = new VirtualNetwork(directory, keepers);
        Host host = new Host(directory, keepers, hostId, Host.hostName());
        NodeService node = new NodeService(source, directory, keepers);
        files.writeAuthority();
        directory.write("clouds.yaml", files.clouds(people), "rw-------");
        configure("bootstrap", Account.IDENTITY, ConfigurationFiles.bootstrap(people));
        progress.step("up.prepared", directory.path());
        if (directory.nearlyFull()) {
            progress.step("up.full", directory.path());
        }
        begun = true;

        SeedImages images = new SeedImages(source, directory);
        CompletableFuture<Void> databaseReady = new CompletableFuture<>();
        try (Readiness readiness = new Readiness(directory)) {
            Parallel.run(List.of(
                    () -> {
                        if (!images.present()) {
                            progress.step("up.image.begin");
                            images.make();
                            progress.step("up.image");
                        }
                    },
                    () -> {
                        postgres.start();
                        progress.step("up.ready", "PostgreSQL");
                        databaseReady.complete(null);
                    },
                    () -> {
                        Acceleration acceleration = Acceleration.probe();
                        if (acceleration == Acceleration.TCG) {
                            progress.step("up.tcg");
                        }
                        network.start(site.open() ? OptionalInt.of(site.ports().southbound()) : OptionalInt.empty());
                        host.start(
                                new Host.Wiring(
                                        network.southbound(), site.address(), Optional.of(external), masquerades),
                                acceleration);
                        progress.step("up.ready", "Open vSwitch, OVN, libvirt");
                        node.start(files.node(hostId, Host.hostName(), host.libvirtUri()));
                        progress.step("up.ready", "node");
                    },
                    () -> web(Program.LEDGER, files.ledger(), site.ports().ledger(), keepers, databaseReady, readiness),
                    () -> web(
                            Program.IDENTITY,
                            files.identity(),
                            site.ports().identity(),
                            keepers,
                            databaseReady,
                            readiness),
                    () -> new CertificateKeeper(source, directory, keepers).start(edge),
                    () -> new VpnServer(source, directory, keepers, progress).start(vpn, site, secrets),
                    () -> startClouds(site, files, network.northbound(), external, keepers, databaseReady, readiness)));
        }
        progress.say("up.done", site.publicUrl());
        people.forEach(
                person -> progress.say("up.person", person.cloud(), person.domain(), person.user(), person.password()));
        progress.say(options.samples() ? "up.clouds" : "up.production", directory.of("clouds.yaml"), files.authority());
    }

    /** Files that were good once and are not now keep no site from starting: what was taken over stays in use. */
    private Edge chooseEdge(Settings settings, Site site) {
        GivenFiles given = new GivenFiles(directory, Clock.systemUTC(), Account.CLOUD);
        Edge edge = Edge.choose(options.edge(), settings, site, given);
        if (edge instanceof Edge.FromFiles files) {
            given.takeIfGood(files, site.host())
                    .ifPresent(refused -> progress.step("edge.stays", refused.getMessage()));
        } else {
            given.forget();
        }
        if (edge instanceof Acme acme) {
            acme.prepare(directory);
            lowPort = acme.needsLowPort();
        }
        return edge;
    }

    /** One after the other: the first brings the database to the newest form, and the seeds into it. */
    private void startClouds(
            Site site,
            ConfigurationFiles files,
            String northbound,
            ExternalNetwork external,
            Keepers keepers,
            CompletableFuture<Void> databaseReady,
            Readiness readiness) {
        for (int number = 1; number <= Ports.MOST_CLOUDS; number++) {
            String name = Program.cloudName(number);
            if (number > site.ports().clouds()) {
                keepers.stop(name, Program.STOP_SECONDS);
            } else {
                web(
                        Program.CLOUD,
                        name,
                        files.cloud(number, northbound, external),
                        site.ports().cloud(number),
                        keepers,
                        databaseReady,
                        readiness);
            }
        }
    }

    private void web(
            Program program,
            String configuration,
            int port,
            Keepers keepers,
            CompletableFuture<Void> databaseReady,
            Readiness readiness) {
        web(program, program.title(), configuration, port, keepers, databaseReady, readiness);
    }

    private void web(
            Program program,
            String name,
            String configuration,
            int port,
            Keepers keepers,
            CompletableFuture<Void> databaseReady,
            Readiness readiness) {
        Path jar = program.install(source, directory);
        Path file = configure(name, program.account(), configuration);
        await(databaseReady);
        List<String> prefix = lowPort && name.equals(Program.cloudName(1))
                ? program.account().prefixWithLowPorts()
                : program.account().prefix();
        keepers.start(program.service(
                prefix, name, jar, configuration + authority(), "--spring.config.additional-location=file:" + file));
        if (!Waiting.until(() -> readiness.ready(port), PATIENCE)) {
            throw new Problem("service.silent", name, keepers.lastWords(name, 5), directory.of("log"));
        }
        progress.step("up.ready", name);
    }

    private static void await(CompletableFuture<Void> event) {
        try {
            event.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Path configure(String name, Account reader, String text) {
        directory.write("etc/" + name + ".yaml", text, "r--------");
        reader.own(directory.of("etc/" + name + ".yaml"));
        return directory.of("etc/" + name + ".yaml");
    }

    /** Another authority is a reason to start a process anew; a renewed certificate is taken up by a process that runs. */
    private String authority() {
        try {
            return Files.readString(directory.of("pki/ca.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeOwnDirectories() {
        Account.IDENTITY.own(directory.directory("identity", "rwx------"));
        IdentityBackup.prepare(directory);
        Account.LEDGER.own(directory.directory("ledger", "rwx------"));
        Account.CLOUD.own(directory.directory("cloud", "rwx------"));
        Account.CLOUD.own(directory.directory("cache", "rwxr-xr-x"));
        Account.CLOUD.own(directory.directory("images", "rwx------"));
        directory.directory("node", "rwx--x--x");
    }

    private void issueCertificates(Site site, String hostId) {
        Authority authority = Authority.openOrMake(directory, Clock.systemUTC());
        for (Program program : List.of(Program.IDENTITY, Program.LEDGER, Program.CLOUD)) {
            authority.issue(program.title(), Authority.serverNames(site.host()));
            program.account().own(directory.of("pki/" + program.title() + ".key"));
        }
        authority.issue(VirtualNetwork.CERTIFICATE, Authority.serverNames(site.host()));
        Authority hosts = Authority.ofHosts(directory, Clock.systemUTC());
        Account.CLOUD.own(directory.of("pki/hosts-ca.key"));
        hosts.issue(Program.NODE.title(), List.of(Authority.dns("localhost"), Authority.uri("unkai:host:" + hostId)));
        authority.issue(Authority.EVIDENCE, List.of(Authority.dns("localhost")));
        Account.CLOUD.own(directory.of("pki/" + Authority.EVIDENCE + ".key"));
        authority.issue(Readiness.COMMON_NAME, List.of(Authority.dns("localhost")));
    }

    /** In the foreground: until Ctrl-C, or until another {@code down} has stopped the cloud. */
    private void stay(Keepers keepers, Thread atEnd) {
        progress.say("up.foreground");
        Waiting.until(() -> !keepers.running("cloud") && !keepers.running("postgresql"), Duration.ofDays(36_500));
        if (removed(atEnd)) {
            progress.say("up.stopped");
        }
    }

    /** False when the hook runs already: Ctrl-C came first, and stopping is its task. */
    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Until nothing more is being started, so that what is stopped stays so. */
    private static void awaitQuiet(CountDownLatch started) {
        try {
            started.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
