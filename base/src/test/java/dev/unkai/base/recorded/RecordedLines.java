package dev.unkai.base.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The lines of a file in which was recorded what a reference does. */
public final class RecordedLines {
    private RecordedLines() {}

    /**
     * All but blank ones and remarks, which begin with {@code #}.
     *
     * @param resource from the root of the test's own resources, such as {@code /network/inputs.txt}
     */
    public static List<String> of(String resource) {
        try (InputStream file = Objects.requireNonNull(RecordedLines.class.getResourceAsStream(resource), resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
