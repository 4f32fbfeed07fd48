package dev.unkai.base.recorded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Inputs that a reference took or refused, asked of the same things here. A line has whether it is taken or refused, the method, the path with its query and
 * perhaps a body; things of the test stand in it as {@code {name}}.
 */
public final class RecordedInputs {
    /** Asks what a line says; the status of the answer. */
    @FunctionalInterface
    public interface Ask {
        int status(String method, String path, @Nullable String body);
    }

    private final Map<String, String> things = new HashMap<>();

    /** The thing of this name has this id from now on. */
    public void name(String thing, String id) {
        things.put(thing, id);
    }

    public String id(String thing) {
        return things.get(thing);
    }

    /** The text with the ids of things in the place of their names. */
    public String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> thing : things.entrySet()) {
            filled = filled.replace("{" + thing.getKey() + "}", thing.getValue());
        }
        return filled;
    }

    /** The lines that are taken here and were refused there, or the other way round: refused is 400. */
    public static List<String> differing(String resource, Ask ask) {
        return RecordedLines.of(resource).stream()
                .filter(line -> {
                    String[] words = line.split(" ", 4);
                    int status = ask.status(words[1], words[2], words.length > 3 ? words[3] : null);
                    return words[0].equals("taken") ? status >= 300 : status != 400;
                })
                .toList();
    }
}
