package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code ./unkai backup} and {@code ./unkai restore}: with the database of this directory, whether the rest of the cloud runs or not. */
final class BackupCommand {
    private static final String SCRATCH = "identity_restoring";
    private static final String KEY_ASIDE = "identity/identity.key.restoring";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'_'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final BackupOptions options;
    private final DataDirectory directory;
    private final Progress progress;
    private final Keepers keepers;
    private final Postgres postgres;
    private final IdentityBackup identity;
    private final Clock clock;

    BackupCommand(BackupOptions options, DataDirectory directory, Progress progress, Path source, Clock clock) {
        this.options = options;
        this.directory = directory;
        this.progress = progress;
        this.clock = clock;
        this.keepers = new Keepers(directory);
        Settings settings = new Settings(directory, "etc/settings");
        options.port().ifPresent(port -> settings.put("port", String.valueOf(port)));
        Ports ports = new Ports(Integer.parseInt(settings.get("port", () -> "8443")));
        this.postgres = new Postgres(directory, new Settings(directory, "etc/secrets"), keepers, ports.database());
        this.identity = new IdentityBackup(directory, postgres, source);
    }

    /** Reads and writes nothing of a directory before it is prepared. */
    static void run(BackupOptions options, Progress progress, Path source) {
        DataDirectory directory = DataDirectory.at(options.data());
        Optional<Path> file = options.file();
        if (file.isPresent()) {
            directory.prepare();
        } else if (!Files.exists(directory.of("etc/secrets")) || !Files.exists(IdentityBackup.key(directory))) {
            throw new Problem("directory.absent", directory.path());
        }
        Account.makeAbsent();
        try (Lock held = Lock.take(directory)) {
            BackupCommand command = new BackupCommand(options, directory, progress, source, Clock.systemUTC());
            command.withDatabase(
                    file.<Runnable>map(from -> () -> command.restore(from)).orElse(command::make));
        }
    }

    /** The database runs for the time of the work, and goes on if it ran before. */
    private void withDatabase(Runnable work) {
        if (options.file().isPresent()) {
            needDown();
        }
        boolean ran = keepers.running("postgresql");
        try {
            // A running one is left alone while the cloud uses it; for a restore nobody does, and it has to let the
            // owner in.
            if (!ran || options.file().isPresent()) {
                postgres.start();
            }
            work.run();
        } finally {
            if (!ran) {
                Postgres.stop(keepers);
            }
        }
    }

    private void make() {
        JsonNode made = identity.make();
        progress.say(
                "backup.made",
                made.path("file").asString(),
                size(made.path("bytes").asLong()),
                made.path("rows").asString(),
                made.path("tables").asString(),
                seconds(made.path("millis").asLong()));
        progress.say("backup.key", IdentityBackup.key(directory));
    }

    private void needDown() {
        for (String name : List.of("identity", "cloud")) {
            if (keepers.running(name)) {
                throw new Problem("restore.running", directory.path());
            }
        }
    }

    /** All of it happens in a database beside; that which is there is touched by one renaming at the end, or not at all. */
    private void restore(Path file) {
        boolean occupied = postgres.hasTables("identity");
        if (occupied && !options.replace()) {
            throw new Problem("restore.occupied", directory.path());
        }
        Account.IDENTITY.own(directory.directory("identity", "rwx------"));
        IdentityBackup.prepare(directory);
        Path key = options.key().map(this::laidAside).orElse(IdentityBackup.key(directory));
        if (!Files.exists(key)) {
            throw new Problem("restore.nokey", key);
        }
        try {
            postgres.makeDatabase(SCRATCH, "identity");
            JsonNode restored = identity.restore(SCRATCH, key, file);
            String aside = "identity_before_" + TIME.format(clock.instant());
            options.key().ifPresent(_ -> takeKey(key, aside));
            postgres.exchange("identity", SCRATCH, aside);
            progress.say(
                    "restore.done",
                    restored.path("madeAt").asString(),
                    restored.path("rows").asString(),
                    restored.path("tables").asString());
            if (occupied) {
                progress.say("restore.aside", aside);
            }
            progress.say("restore.next", directory.path());
        } finally {
            postgres.dropDatabase(SCRATCH);
            removeAside();
        }
    }

    /** A copy that identity's account may read. */
    private Path laidAside(Path given) {
        try {
            Path copy = directory.of(KEY_ASIDE);
            Files.deleteIfExists(copy);
            Files.write(copy, Files.readAllBytes(given));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            Account.IDENTITY.own(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows just restored are sealed under this key, so it goes with them; another one that was here stays beside it. */
    private void takeKey(Path key, String aside) {
        Path target = IdentityBackup.key(directory);
        try {
            if (Files.exists(target) && !Arrays.equals(Files.readAllBytes(target), Files.readAllBytes(key))) {
                Path former = target.resolveSibling("identity.key." + aside);
                Files.copy(target, former, StandardCopyOption.COPY_ATTRIBUTES);
                Account.IDENTITY.own(former);
                progress.say("restore.keyaside", former);
            }
            Files.move(key, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeAside() {
        try {
            Files.deleteIfExists(directory.of(KEY_ASIDE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }
}
