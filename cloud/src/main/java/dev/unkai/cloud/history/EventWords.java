package dev.unkai.cloud.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What an event says, in words and not in names of actions: the console's own words, which a test holds these against. */
final class EventWords {
    private static final EventWords ENGLISH = read("en");
    private static final EventWords JAPANESE = read("ja");

    private final JsonNode words;

    private EventWords(JsonNode words) {
        this.words = words;
    }

    static EventWords of(Locale language) {
        return language.getLanguage().equals("ja") ? JAPANESE : ENGLISH;
    }

    private static EventWords read(String language) {
        try (InputStream in =
                Objects.requireNonNull(EventWords.class.getResourceAsStream("/history/words." + language + ".json"))) {
            return new EventWords(LedgerReader.JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was done to what; an action or a kind that has no words is given as it was recorded. */
    String action(String action, String targetType) {
        String phrase = words.path("phrases").path(action).asString("");
        if (!phrase.isEmpty()) {
            return phrase;
        }
        if (targetType.equals("service/request")) {
            return words.path("refused").asString().replace("{{action}}", action);
        }
        String verb = words.path("verbs").path(action).asString("");
        String kind = kind(targetType);
        if (!verb.isEmpty() && !kind.isEmpty()) {
            return words.path("actionText").asString().replace("{{verb}}", verb).replace("{{kind}}", kind);
        }
        return (action + " " + kind).strip();
    }

    /** What a field that was changed is called: by its path, what is before a dot in it or its last part; else as it was recorded. */
    String field(String field) {
        JsonNode names = words.path("fields");
        for (int end = field.length(); end > 0; end = field.lastIndexOf('.', end - 1)) {
            String word = names.path(field.substring(0, end)).asString("");
            if (!word.isEmpty()) {
                return end == field.length() ? word : word + ": " + field.substring(end + 1);
            }
        }
        return names.path(field.substring(field.lastIndexOf('.') + 1)).asString(field);
    }

    /** Of what kind it is; empty where there is no word for it. */
    String kind(String targetType) {
        return words.path("kinds")
                .path(targetType.substring(targetType.lastIndexOf('/') + 1))
                .asString("");
    }
}
