package dev.unkai.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong, said by a key and its facts: the sentences stand in {@code findings/en.properties} and {@code ja.properties}, so that a finding that is stored for years is told in
 * each reader's language.
 *
 * @param facts values of the sentence's places, such as {@code log} and {@code number}
 */
record FindingText(String key, Map<String, String> facts) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
    private static final Properties ENGLISH = read("en");
    private static final Properties JAPANESE = read("ja");

    FindingText {
        facts = Map.copyOf(facts);
    }

    /** @param facts names and values in turn */
    static FindingText of(String key, Object... facts) {
        Map<String, String> named = new TreeMap<>();
        for (int i = 0; i < facts.length; i += 2) {
            named.put(String.valueOf(facts[i]), String.valueOf(facts[i + 1]));
        }
        return new FindingText(key, named);
    }

    String english() {
        return filled(ENGLISH);
    }

    String japanese() {
        return filled(JAPANESE);
    }

    /** Throws where a sentence lacks a fact: that is found by the tests, which raise every finding there is. */
    private String filled(Properties sentences) {
        String sentence = Objects.requireNonNull(sentences.getProperty(key), key);
        return PLACE.matcher(sentence)
                .replaceAll(place -> Matcher.quoteReplacement(
                        Objects.requireNonNull(facts.get(place.group(1)), () -> key + " lacks " + place.group(1))));
    }

    private static Properties read(String language) {
        Properties sentences = new Properties();
        String name = "/findings/" + language + ".properties";
        try (InputStream bytes = Objects.requireNonNull(FindingText.class.getResourceAsStream(name), name)) {
            sentences.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return sentences;
    }
}
