package dev.unkai.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Whether a customer can tell by time what another one has: the same questions for another's things and for nobody's, by turns. */
final class Strangers {
    private static final int PAIRS = 1_000;
    private static final int WARM_UP = 100;

    private final Path data;
    private final Random random = new Random(1);

    Strangers(Path data) {
        this.data = data;
    }

    /** Two addresses that should be told alike. Ids of nobody's differ each time. */
    private record Question(Supplier<String> anothers, Supplier<String> nobodys) {}

    /**
     * @param slower how often another's took longer than nobody's, of all pairs of one with one; 0.5: nothing can be told
     * @param difference of the medians of both in a pair, in ms, with the bounds between which its true value is (95 %)
     */
    private record Told(double anothers, double nobodys, double difference, double low, double high, double slower) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "another's %7.3f ms, nobody's %7.3f ms, difference %+.3f (%+.3f to %+.3f) ms, slower in %.3f of all",
                    anothers,
                    nobodys,
                    difference,
                    low,
                    high,
                    slower);
        }
    }

    void measure(Consumer<Object> told) throws Exception {
        BenchSite owner = BenchSite.of(data);
        BenchSite stranger = BenchSite.as(data, "sample-dedicated");
        Map<String, Question> questions = questions(owner);
        questions.forEach((what, question) -> {
            ask(stranger, question, WARM_UP);
            told.accept(String.format(Locale.ROOT, "%-34s %s", what, ask(stranger, question, PAIRS)));
        });
    }

    private static Map<String, Question> questions(BenchSite owner) {
        String network = owner.network("strangers-" + UUID.randomUUID(), "10.77.0.0/24");
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("nothing (how well this tells)", of("/network/v2.0/networks/", nobody(), Strangers::nobody));
        questions.put("a network", of("/network/v2.0/networks/", network, Strangers::nobody));
        questions.put(
                "a subnet",
                of(
                        "/network/v2.0/subnets/",
                        first(owner, "/network/v2.0/subnets?network_id=" + network, "subnets"),
                        Strangers::nobody));
        questions.put(
                "a security group",
                of(
                        "/network/v2.0/security-groups/",
                        first(owner, "/network/v2.0/security-groups", "security_groups"),
                        Strangers::nobody));
        questions.put("a server", of("/compute/v2.1/servers/", server(owner, network), Strangers::nobody));
        JsonNode event = owner.get("/service/v1/history?limit=1&target=" + network)
                .path("events")
                .path(0);
        String user = event.at("/initiator/id").asString("");
        questions.put("a project", of("/identity/v3/projects/", owner.project(), Strangers::hex));
        questions.put("a user", of("/identity/v3/users/", user, Strangers::hex));
        questions.put("a history", of("/service/v1/history?project=", owner.project(), Strangers::hex));
        questions.put(
                "a proof",
                new Question(
                        () -> "/service/v1/history/proofs/0?project=" + owner.project(),
                        () -> "/service/v1/history/proofs/0?project=" + hex()));
        questions.put("history: of a thing", of("/service/v1/history?target=", network, Strangers::nobody));
        questions.put("history: of somebody", of("/service/v1/history?actor=", user, Strangers::hex));
        questions.put("history: a word", of("/service/v1/history?text=", network, Strangers::nobody));
        return questions;
    }

    private static Question of(String path, String anothers, Supplier<String> nobodys) {
        return new Question(() -> path + anothers, () -> path + nobodys.get());
    }

    private static String server(BenchSite owner, String network) {
        return owner.expect(
                        "POST",
                        "/compute/v2.1/servers",
                        Map.of(
                                "server",
                                Map.of(
                                        "name",
                                        "strangers",
                                        "imageRef",
                                        owner.tinyImage(),
                                        "flavorRef",
                                        owner.smallestFlavor(),
                                        "networks",
                                        List.of(Map.of("uuid", network)))))
                .at("/server/id")
                .asString();
    }

    private static String first(BenchSite owner, String path, String list) {
        return owner.expect("GET", path, null).path(list).path(0).path("id").asString();
    }

    private static String nobody() {
        return UUID.randomUUID().toString();
    }

    private static String hex() {
        return nobody().replace("-", "");
    }

    private Told ask(BenchSite stranger, Question question, int pairs) {
        double[] anothers = new double[pairs];
        double[] nobodys = new double[pairs];
        List<Double> differences = new ArrayList<>(pairs);
        for (int i = 0; i < pairs; i++) {
            boolean first = random.nextBoolean();
            if (first) {
                anothers[i] = millis(stranger, question.anothers().get());
            }
            nobodys[i] = millis(stranger, question.nobodys().get());
            if (!first) {
                anothers[i] = millis(stranger, question.anothers().get());
            }
            differences.add(anothers[i] - nobodys[i]);
        }
        differences.sort(null);
        // Of a median's order statistics, those that have it between them in 95 of 100 cases.
        int reach = (int) Math.ceil(0.98 * Math.sqrt(pairs));
        Arrays.sort(anothers);
        Arrays.sort(nobodys);
        return new Told(
                anothers[pairs / 2],
                nobodys[pairs / 2],
                differences.get(pairs / 2),
                differences.get(Math.max(0, pairs / 2 - reach)),
                differences.get(Math.min(pairs - 1, pairs / 2 + reach)),
                slower(anothers, nobodys));
    }

    /** Of both sorted. */
    private static double slower(double[] anothers, double[] nobodys) {
        long slower = 0;
        int below = 0;
        for (double one : anothers) {
            while (below < nobodys.length && nobodys[below] < one) {
                below++;
            }
            slower += below;
        }
        return slower / ((double) anothers.length * nobodys.length);
    }

    private static double millis(BenchSite stranger, String path) {
        long start = System.nanoTime();
        stranger.send("GET", path, null);
        return (System.nanoTime() - start) / 1e6;
    }
}
