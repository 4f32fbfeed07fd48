package dev.unkai.rack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Data directories of the tests' sites. Short paths, since sockets lie in them; named so that a later run takes down and
 * removes what a run that was killed has left. The logs of a removed one are kept in {@code rack/target/sites}.
 */
final class SiteFolder {
    private static final Path PARENT = Path.of("/tmp");
    private static final String PREFIX = "unkai-site-";

    /** Holds the process id of the test run a directory belongs to. */
    private static final String TESTER = "tester.pid";

    private SiteFolder() {}

    static Path create(String name) {
        try {
            removeAbandoned();
            Path folder = Files.createTempDirectory(PARENT, PREFIX + name + "-");
            Files.writeString(
                    folder.resolve(TESTER),
                    String.valueOf(ProcessHandle.current().pid()));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the site down and removes everything but its logs. */
    static void remove(Path folder) {
        Path logs = Site.REPOSITORY.resolve("rack/target/sites").resolve(folder.getFileName());
        Machine.removeAll(folder);
        if (Files.isDirectory(folder.resolve("etc"))) {
            Command.run(
                            Duration.ofMinutes(2),
                            Map.of(),
                            Site.REPOSITORY,
                            "./unkai",
                            "down",
                            "--data",
                            folder.toString())
                    .succeeded();
        }
        Command.run(
                        Duration.ofSeconds(10),
                        Map.of(),
                        "mkdir",
                        "-p",
                        logs.getParent().toString())
                .succeeded();
        if (Files.isDirectory(folder.resolve("log"))) {
            Command.run(
                            Duration.ofMinutes(1),
                            Map.of(),
                            "cp",
                            "-r",
                            folder.resolve("log").toString(),
                            logs.toString())
                    .succeeded();
        }
        Command.run(Duration.ofMinutes(1), Map.of(), "rm", "-rf", folder.toString())
                .succeeded();
    }

    private static void removeAbandoned() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PARENT, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        Path tester = folder.resolve(TESTER);
        return !Files.exists(tester)
                || ProcessHandle.of(Long.parseLong(Files.readString(tester).strip()))
                        .isEmpty();
    }
}
