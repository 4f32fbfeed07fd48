package dev.unkai.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/** The guest image that every new cloud has; cloud imports whatever lies in {@code DIR/images-seed} as a public image. */
final class SeedImages {
    private static final String NAME = "unkai-tiny";

    private final Path source;
    private final DataDirectory directory;

    SeedImages(Path source, DataDirectory directory) {
        this.source = source;
        this.directory = directory;
    }

    boolean present() {
        return Files.exists(target());
    }

    /** Builds the image if no build of it as it is described now is at hand, then puts it where cloud looks, whole or not at all. */
    void make() {
        Path built = source.resolve("target/images/" + NAME + ".qcow2");
        try {
            if (!Files.exists(built) || isOlderThanWhatItIsMadeOf(built)) {
                Files.createDirectories(source.resolve("target/images"));
                Command.of(source.resolve("images/" + NAME + "/build.sh").toString(), built.toString())
                        .run();
            }
            Path fresh = directory.of("images-seed/." + NAME + ".new");
            Files.copy(built, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, target(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOlderThanWhatItIsMadeOf(Path built) throws IOException {
        FileTime made = Files.getLastModifiedTime(built);
        try (Stream<Path> files = Files.walk(source.resolve("images/" + NAME))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private Path target() {
        return directory.of("images-seed/" + NAME + ".qcow2");
    }
}
