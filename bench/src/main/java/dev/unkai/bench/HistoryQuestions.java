package dev.unkai.bench;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What is asked of histories that are thirty days old and older, each time about something else that is in them. */
final class HistoryQuestions {
    private static final int TIMES = 30;
    private static final Duration OLD = Duration.ofDays(30);
    private static final int SPREAD_DAYS = 240;

    /** @param query what is asked, of an event that there is */
    record Kind(String name, Function<JsonNode, String> query) {}

    private final BenchSite site;
    private final String whose;
    private final Random random = new Random(1);
    private final List<JsonNode> known = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();

    private HistoryQuestions(BenchSite site, String whose) {
        this.site = site;
        this.whose = whose;
        for (int i = 0; i < 5; i++) {
            site.expect("GET", path("limit=100&" + before()), null)
                    .path("events")
                    .forEach(known::add);
        }
    }

    static HistoryQuestions ofCustomer(BenchSite site) {
        HistoryQuestions asked = new HistoryQuestions(site, "");
        asked.kinds.add(new Kind("the newest page", _ -> ""));
        asked.common("");
        asked.kinds.add(new Kind("from a place on", event -> "after=" + event.path("place")));
        return asked;
    }

    static HistoryQuestions ofProvider(BenchSite site) {
        HistoryQuestions asked = new HistoryQuestions(site, "everyone=true&");
        asked.common("all histories: ");
        return asked;
    }

    private void common(String prefix) {
        add(prefix + "30 days and older", _ -> "");
        add(prefix + "of a resource", event -> of("target", event.at("/target/id")));
        add(prefix + "of an action", event -> of("action", event.path("action")));
        add(prefix + "what failed", _ -> "outcome=failure&");
        add(prefix + "of somebody", event -> of("actor", event.at("/initiator/name")));
        add(prefix + "from an address", event -> of("source", event.at("/initiator/address")));
        add(
                prefix + "of three of these",
                event -> of("actor", event.at("/initiator/id"))
                        + of("source", event.at("/initiator/address"))
                        + of("action", event.path("action")));
        add(prefix + "a rare word", event -> of("text", event.path("requestId")));
        add(prefix + "a word that is everywhere", _ -> of("text", "web"));
        add(prefix + "a Japanese word", _ -> of("text", "経理"));
        add(prefix + "a word that is nowhere", _ -> of("text", "absent-" + random.nextInt(1_000)));
        add(prefix + "two frequent words, never together", _ -> of("text", "authenticate データ"));
    }

    private void add(String name, Function<JsonNode, String> query) {
        kinds.add(new Kind(name, event -> query.apply(event) + before()));
    }

    List<Kind> kinds() {
        return kinds;
    }

    /** How long each of the answers took, in ms. */
    double[] ask(Kind kind) {
        double[] taken = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            String path = path(kind.query().apply(known.get(random.nextInt(known.size()))));
            long start = System.nanoTime();
            HttpResponse<String> answer = site.send("GET", path, null);
            taken[i] = (System.nanoTime() - start) / 1e6;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + " " + answer.body());
            }
        }
        return taken;
    }

    private String path(String query) {
        return "/service/v1/history?" + whose + query;
    }

    private String before() {
        return "until=" + Instant.now().minus(OLD).minus(Duration.ofHours(random.nextInt(SPREAD_DAYS * 24)));
    }

    private static String of(String name, JsonNode value) {
        return of(name, value.asString(""));
    }

    private static String of(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
    }
}
