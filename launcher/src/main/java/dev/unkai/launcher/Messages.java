package dev.unkai.launcher;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sentences for people, in Japanese where the environment asks for it, else in English. */
final class Messages {
    private final ResourceBundle bundle;
    private final Locale locale;

    Messages(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                "dev.unkai.launcher.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Messages ofTheEnvironment() {
        boolean japanese = Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> System.getenv().getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.startsWith("ja"))
                .orElse(false);
        return new Messages(japanese ? Locale.JAPANESE : Locale.ROOT);
    }

    String text(String key, @Nullable Object... values) {
        return new MessageFormat(bundle.getString(key), locale)
                .format(Stream.of(values).map(String::valueOf).toArray());
    }
}
