package dev.unkai.ledger;

import dev.unkai.base.proof.Round;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;

/** The last published round in a file beside the keys: a database that was put back to an older state does not hold it. */
final class Anchor {
    /** @param hash of the round */
    record Kept(long number, byte[] hash) {}

    private final Path file;

    Anchor(Path file) {
        this.file = file;
    }

    /** Written aside, flushed and moved: after a crash it names the round before or this one. */
    void keep(Round round) {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        String line = round.number() + " " + HexFormat.of().formatHex(round.hash()) + "\n";
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The last round cannot be kept in " + file, e);
        }
    }

    Optional<Kept> kept() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] parts = Files.readString(file).strip().split(" ");
            return Optional.of(new Kept(Long.parseLong(parts[0]), HexFormat.of().parseHex(parts[1])));
        } catch (IOException e) {
            throw new UncheckedIOException("The last round cannot be read from " + file, e);
        }
    }
}
