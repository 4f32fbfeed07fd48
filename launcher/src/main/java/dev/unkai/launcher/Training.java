package dev.unkai.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Once for each build: a site of its own, half a minute of what customers do most, and of what the JVMs have recorded meanwhile an {@link AotCache} for
 * each program. Leaves nothing else behind, however it ends.
 */
final class Training {
    /** A process that has recorded writes some 100 MB when it ends. */
    private static final int STOP_SECONDS = 120;

    private static final int FIRST_PORT = 21_443;

    private final Path source;
    private final Progress progress;

    Training(Path source, Progress progress) {
        this.source = source;
        this.progress = progress;
    }

    void run() {
        List<Program> programs = Program.trained();
        if (programs.stream().allMatch(program -> Files.exists(program.cache(source)))) {
            return;
        }
        progress.say("training.begin");
        DataDirectory directory = temporary();
        Thread end = new Thread(() -> end(directory));
        Runtime.getRuntime().addShutdownHook(end); // Ctrl-C leaves nothing behind either
        try {
            train(programs, directory);
        } finally {
            end(directory);
            Runtime.getRuntime().removeShutdownHook(end);
        }
        progress.step("training.done");
    }

    private void train(List<Program> programs, DataDirectory directory) {
        directory.prepare();
        Account.makeAbsent(); // on a new machine nothing has been up yet
        Path records = directory.directory("records", "rwxr-xr-x");
        for (Program program : programs) {
            program.account().own(directory.directory("records/" + program.title(), "rwx------"));
        }
        System.setProperty(AotCache.RECORD_TO, records.toString());
        new Up(options(directory), directory, Progress.silent(), source).run();
        Command.of(
                        Program.java(Account.ROOT).toString(),
                        "-jar",
                        source.resolve("bench/target/bench.jar").toString(),
                        directory.path().toString(),
                        "exercise")
                .run();
        System.clearProperty(AotCache.RECORD_TO);
        Keepers keepers = new Keepers(directory);
        Parallel.run(programs, program -> keepers.stop(program.title(), STOP_SECONDS));
        for (Program program : programs) {
            AotCache.make(program.cacheMaker(), records, program.install(source, directory), program.cache(source));
        }
        removeOthers(programs);
    }

    private static DataDirectory temporary() {
        try {
            return DataDirectory.at(Files.createTempDirectory("unkai-training-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void end(DataDirectory directory) {
        if (directory.exists()) {
            new Down(directory, Progress.silent()).run(false);
        }
        try (Stream<Path> files = Files.walk(directory.path())) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (NoSuchFileException e) {
            // it has ended before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Options options(DataDirectory directory) {
        return Options.parse(List.of(
                "up", "--data", directory.path().toString(), "--port", String.valueOf(freePorts()), "--detach"));
    }

    private static int freePorts() {
        int first = FIRST_PORT;
        while (!new Ports(first).free()) {
            first += 10;
        }
        return first;
    }

    /** Those of former builds. */
    private void removeOthers(List<Program> programs) {
        Set<Path> ours = programs.stream().map(program -> program.cache(source)).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(source.resolve("target/aot"))) {
            files.filter(file -> !ours.contains(file)).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
