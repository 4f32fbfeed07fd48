package dev.unkai.cloud.manual;

import dev.unkai.cloud.notice.Notice.Content;
import dev.unkai.cloud.notice.Notice.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sections of a manual.
 *
 * @param sections in their order
 */
record ManualSections(List<Section> sections) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SHOWN_FOR = Duration.ofDays(30);
    /** Named in the notice; the console marks the others as well. */
    private static final int LISTED = 20;

    ManualSections {
        sections = List.copyOf(sections);
    }

    /** @param digest of both languages' texts, as the console's build has made it */
    record Section(String id, String titleJa, String titleEn, String digest) {}

    /** Empty: this build has none, it is made together with the console. */
    static Optional<ManualSections> ofThisVersion() {
        Optional<JsonNode> ja = read("ja");
        Optional<JsonNode> en = read("en");
        return ja.flatMap(japanese -> en.map(english -> of(japanese, english)));
    }

    private static Optional<JsonNode> read(String language) {
        try (InputStream text =
                ManualSections.class.getResourceAsStream("/META-INF/resources/manual/" + language + ".json")) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(text).path("sections"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The build has seen to it that both have the same sections. */
    private static ManualSections of(JsonNode ja, JsonNode en) {
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < en.size(); i++) {
            sections.add(new Section(
                    en.path(i).path("id").asString(),
                    ja.path(i).path("title").asString(),
                    en.path(i).path("title").asString(),
                    en.path(i).path("digest").asString()
                            + ja.path(i).path("digest").asString()));
        }
        return new ManualSections(sections);
    }

    /** Section id → digest. */
    SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        sections.forEach(section -> digests.put(section.id(), section.digest()));
        return digests;
    }

    /** What customers are told of it. */
    Content announced(Map<String, String> before, Instant now) {
        List<Section> changed = sections.stream()
                .filter(section -> !section.digest().equals(before.get(section.id())))
                .toList();
        List<String> ja = new ArrayList<>();
        List<String> en = new ArrayList<>();
        for (Section section : changed.subList(0, Math.min(LISTED, changed.size()))) {
            boolean fresh = !before.containsKey(section.id());
            ja.add("・" + section.titleJa() + (fresh ? "（新規）" : ""));
            en.add("- " + section.titleEn() + (fresh ? " (new)" : ""));
        }
        int more = changed.size() - ja.size();
        if (more > 0) {
            ja.add("ほか " + more + " 項目");
            en.add("and " + more + " more");
        }
        long gone = before.keySet().stream()
                .filter(id ->
                        sections.stream().noneMatch(section -> section.id().equals(id)))
                .count();
        if (gone > 0) {
            ja.add("廃止した項目: " + gone);
            en.add("Sections that are no more: " + gone);
        }
        return new Content(
                Kind.INFORMATION,
                false,
                "利用の手引きを改訂しました",
                "The manual was revised",
                "次の項目を改訂しました。コンソールの「利用の手引き」の目次には、改訂した項目に印が付いています。PDF もそこで入手できます。\n\n" + String.join("\n", ja),
                "These sections have changed. The manual in the console marks them, and has the PDF.\n\n"
                        + String.join("\n", en),
                true,
                List.of(),
                now,
                now.plus(SHOWN_FOR));
    }
}
