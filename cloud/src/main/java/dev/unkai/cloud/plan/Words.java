package dev.unkai.cloud.plan;

/** One text in both languages of the service; neither is empty. */
public record Words(String en, String ja) {
    /** @param language a language tag; what does not begin with {@code ja} is answered in English */
    public String in(String language) {
        return language.startsWith("ja") ? ja : en;
    }
}
