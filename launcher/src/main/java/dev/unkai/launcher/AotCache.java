package dev.unkai.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * What the JVM has learnt of a program in a {@link Training}: its classes as they are when they are linked, and which methods are hot (JEP 483, 515). A
 * process that has it starts in half the time and is soon as fast as it gets (decision 0091). One that has none, or that of another JDK, runs without.
 */
final class AotCache {
    /** Where a training run has what the processes record; else nothing is recorded. */
    static final String RECORD_TO = "unkai.record";

    private static final int PAGE = 4096;

    private AotCache() {}

    /** Puts the cache that was made of this build beside its jar, if there is one. */
    static void bring(Path made, Path jar) throws IOException {
        Path here = beside(jar);
        if (Files.exists(here) || !Files.exists(made)) {
            return;
        }
        Path fresh = here.resolveSibling(here.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            Files.createLink(fresh, made); // sites of one machine share its pages
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(made, fresh); // another file system
        }
        Files.move(fresh, here, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What a process is started with: to record, to use the cache beside its jar, or neither. */
    static List<String> options(Path jar) {
        String records = System.getProperty(RECORD_TO);
        if (records != null) {
            return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded(Path.of(records), jar));
        }
        Path cache = beside(jar);
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /** Makes {@code cache} of what a process with {@code jar} has recorded. */
    static void make(List<String> javaWithOptions, Path records, Path jar, Path cache) {
        cache.toFile().getParentFile().mkdirs();
        Path fresh = cache.resolveSibling(cache.getFileName() + ".new");
        List<String> command = new ArrayList<>(javaWithOptions);
        command.addAll(List.of(
                "-XX:AOTMode=create",
                "-XX:AOTConfiguration=" + recorded(records, jar),
                "-XX:AOTCache=" + fresh,
                "-jar",
                jar.toString()));
        Command.Result result = new Command(command).attempt();
        if (result.status() != 0 || !Files.exists(fresh)) {
            throw new Problem("training.failed", result.output());
        }
        try {
            Path small = cache.resolveSibling(cache.getFileName() + ".small");
            copyByPages(fresh, small);
            Files.delete(fresh);
            Files.setPosixFilePermissions(small, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(small, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is written at once lies in the machine's memory in one piece, of up to 2 MiB, and a process that touches a byte of it has all of it: what is
     * written by pages comes by pages (decision 0106).
     */
    private static void copyByPages(Path from, Path to) throws IOException {
        byte[] page = new byte[PAGE];
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            for (int length = in.readNBytes(page, 0, PAGE); length > 0; length = in.readNBytes(page, 0, PAGE)) {
                out.write(page, 0, length);
            }
        }
    }

    private static Path recorded(Path directory, Path jar) {
        return directory.resolve(name(jar)).resolve("aot.conf");
    }

    private static Path beside(Path jar) {
        return jar.resolveSibling(name(jar) + ".aot");
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replaceFirst("[.]jar$", "");
    }
}
