package dev.unkai.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What identity has told, on disk, a line of JSON each: a process that starts while identity is down knows by it what is no longer good, and where
 * one may come from. Processes of one name in one data directory share the file; each writes all that it hears, so what is in it twice does no harm.
 */
final class KeptLines<T> {
    private static final Logger log = LoggerFactory.getLogger(KeptLines.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String what;
    private final Path file;
    private final Class<T> type;
    private boolean fallsShort;

    /** @param what they are, for the log: the beginning of a sentence */
    KeptLines(String what, Path file, Class<T> type) {
        this.what = what;
        this.file = file;
        this.type = type;
    }

    /**
     * Keeps what was heard, as well as that is possible now. It is said once, until it works again.
     *
     * @param whole whether this is all there is
     */
    void keep(List<T> heard, boolean whole) {
        try {
            if (whole) {
                replace(heard);
            } else {
                add(heard);
            }
            fallsShort = false;
        } catch (IOException e) {
            if (!fallsShort) {
                log.warn("{} cannot be kept; trying again: {}", what, e.toString());
            }
            fallsShort = true;
        }
    }

    /** Whether the last that was heard could not be kept: the whole wants to be. */
    boolean fallsShort() {
        return fallsShort;
    }

    /**
     * All that was heard before the last stop; empty when that is not known: nothing was ever kept, or the file is damaged.
     *
     * @throws IOException when the file is there and cannot be read
     */
    Optional<List<T>> read() throws IOException {
        List<T> kept = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                kept.add(JSON.readValue(line, type));
            }
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(kept);
    }

    /** Keeps these and no others. Returns when they are on disk. */
    private void replace(List<T> all) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, file.getFileName().toString(), ".new");
        try {
            write(fresh, all, StandardOpenOption.WRITE);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Keeps these too. After a failure the file may end in half a line, and wants to be replaced. */
    private void add(List<T> more) throws IOException {
        if (!more.isEmpty()) {
            write(file, more, StandardOpenOption.APPEND);
        }
    }

    private void write(Path file, List<T> items, StandardOpenOption how) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (T item : items) {
            lines.append(JSON.writeValueAsString(item)).append('\n');
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(UTF_8));
        try (FileChannel channel = FileChannel.open(file, how)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
