package dev.unkai.wire.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What facts and changed fields of events may be called: the names that have words in the console, in Japanese and English. The list follows the console's texts
 * (EventWordsTest of cloud renews it), and no event is made in a test under a name that is not in it, so that nobody adds one that customers could not read.
 */
public final class EventNames {
    /** Lines of "fact" or "field" and a name. */
    public static final String LIST = "/event-names.txt";

    private static final Set<String> NAMES = read();

    private EventNames() {}

    /** Whether a fact has words: its name, or what is before a dot in it, such as {@code sources.reader}. */
    public static boolean hasFact(String name) {
        return begins("fact ", name);
    }

    /** Whether a changed field has words: its name, or the first or the last of its parts. */
    public static boolean hasField(String name) {
        return begins("field ", name) || NAMES.contains("field " + name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean begins(String kind, String name) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            if (NAMES.contains(kind + name.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> read() {
        try (InputStream in = Objects.requireNonNull(EventNames.class.getResourceAsStream(LIST))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
