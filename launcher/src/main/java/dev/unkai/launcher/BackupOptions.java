package dev.unkai.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code backup} and {@code restore} ask for.
 *
 * @param file the backup to restore; empty: make one
 * @param key the key file under which it was made; empty: that of the directory
 * @param port first of the ports of a directory in which there is no cloud yet; empty: what it was, at first 8443
 * @param replace whether a database that is there may be set aside
 */
record BackupOptions(Path data, Optional<Path> file, Optional<Path> key, Optional<Integer> port, boolean replace) {
    /** Takes the words from {@code backup} or {@code restore} on. Throws a Problem that names the wrong one. */
    static BackupOptions parse(List<String> arguments) {
        boolean restores = arguments.getFirst().equals("restore");
        Path data = Path.of("/var/lib/unkai");
        Optional<Path> file = Optional.empty();
        Optional<Path> key = Optional.empty();
        Optional<Integer> port = Optional.empty();
        boolean replace = false;
        Iterator<String> rest = arguments.subList(1, arguments.size()).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("--data")) {
                data = Path.of(value(word, rest));
            } else if (restores && word.equals("--key")) {
                key = Optional.of(readable(value(word, rest)));
            } else if (restores && word.equals("--port")) {
                port = Optional.of(Options.portNumber(value(word, rest)));
            } else if (restores && word.equals("--replace")) {
                replace = true;
            } else if (restores && file.isEmpty() && !word.startsWith("--")) {
                file = Optional.of(readable(word));
            } else {
                throw new Problem("option.unknown", word);
            }
        }
        if (restores && file.isEmpty()) {
            throw new Problem("restore.usage");
        }
        return new BackupOptions(data, file, key, port, replace);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Problem("option.value", option);
        }
        return rest.next();
    }

    private static Path readable(String name) {
        Path file = Path.of(name).toAbsolutePath();
        if (!file.toFile().isFile() || !file.toFile().canRead()) {
            throw new Problem("restore.nofile", file);
        }
        return file;
    }
}
