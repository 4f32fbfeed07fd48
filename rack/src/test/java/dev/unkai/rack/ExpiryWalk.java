package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** A ledger with a past of 300 days keeps its events for less from now on: whole months go, by the product's own retention, and nothing else differs. */
final class ExpiryWalk {
    private static final String RETENTION = "/service/v1/history/retention";
    private static final int EVENTS = 3_000;

    private ExpiryWalk() {}

    /** On a site that nobody else looks at: what its ledger held is gone afterwards. */
    static void run(Site site, Path folder) throws IOException {
        Api customer = Api.as(site, "sample-shared");
        Api operator = Api.as(site, "operator");
        Api officer = Officer.of(site);
        String project = customer.get("/service/v1/session")
                .expect(200)
                .at("/project/id")
                .asString();
        past(site, project);
        awaitPass(operator, 0);

        officer.post(
                        "/service/v1/evidence/holds",
                        Map.of(
                                "reference",
                                "K-expiry",
                                "things",
                                List.of(Map.of("kind", "log", "id", "access")),
                                "reason",
                                "log-ins are asked for",
                                "authority",
                                "a court",
                                "mayTell",
                                false,
                                "endsAt",
                                Instant.now().plus(Duration.ofDays(1)).toString()))
                .expect(201);
        await("the ledger is told of the hold")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !kept(officer, "access").path("held").isEmpty());
        for (String about : List.of("access", "operation")) {
            officer.put(RETENTION + "/" + about, Map.of("days", 30, "reason", "a test"))
                    .expect(200);
        }

        await("a drop is an event")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(drops(operator)).hasSizeGreaterThan(5));
        assertThat(drops(operator))
                .as("what is held stays")
                .allSatisfy(act -> assertThat(act.at("/target/id").asString()).startsWith("operation/"));
        assertThat(kept(officer, "access").path("oldest").asString())
                .as("the oldest log-in")
                .isLessThan(Instant.now().minus(Duration.ofDays(250)).toString());

        long gone = LongStream.range(0, 50)
                .filter(place -> customer.get("/service/v1/history/" + place).status() == 410)
                .findFirst()
                .orElseThrow();
        assertThat(customer.get("/service/v1/history/" + gone).text())
                .contains("EventDropped", "were dropped at", "act ", "30 days");
        checked(customer, folder);
        awaitPass(operator, passes(operator));

        for (String about : List.of("access", "operation")) {
            officer.put(RETENTION + "/" + about, Map.of("days", 365, "reason", "as before"))
                    .expect(200);
        }
    }

    /** Written by the ledger's own classes while its process is away; what it held before is gone. */
    private static void past(Site site, String project) {
        site.hold("ledger");
        try {
            Path target = Site.REPOSITORY.resolve("ledger/target");
            Command.run(
                            Duration.ofMinutes(2),
                            Map.of(),
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-cp",
                            target.resolve("ledger.jar").toString(),
                            "-Dloader.path=" + target.resolve("test-classes"),
                            "-Dloader.main=dev.unkai.ledger.PastHistory",
                            "org.springframework.boot.loader.launch.PropertiesLauncher",
                            site.data().resolve("etc/ledger.yaml").toString(),
                            String.valueOf(EVENTS),
                            project,
                            "3")
                    .succeeded();
        } finally {
            site.release("ledger");
        }
    }

    private static int passes(Api operator) {
        return operator.get("/service/v1/ledger/audit")
                .expect(200)
                .path("passes")
                .asInt();
    }

    private static void awaitPass(Api operator, int after) {
        await("the auditor has read everything")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> operator.get("/service/v1/ledger/audit"),
                        answer -> answer.status() == 200
                                && answer.body().path("passes").asInt() > after);
        assertThat(operator.get("/service/v1/ledger/audit").expect(200).path("findings"))
                .isEmpty();
    }

    private static JsonNode kept(Api officer, String about) {
        return officer.get(RETENTION)
                .expect(200)
                .path("classes")
                .valueStream()
                .filter(one -> one.path("class").asString().equals(about))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> drops(Api operator) {
        return operator.get("/service/v1/history?project=provider&action=drop&limit=100")
                .expect(200)
                .path("events")
                .valueStream()
                .toList();
    }

    /** By the file and the key alone. */
    private static void checked(Api customer, Path folder) throws IOException {
        Path file = folder.resolve("history.jsonl");
        Path key = folder.resolve("ledger.pem");
        Files.writeString(
                file, customer.get("/service/v1/history/export?format=jsonl").text());
        Files.writeString(
                key,
                customer.get("/service/v1/ledger/key").expect(200).path("pem").asString());
        assertThat(HistoryTest.verify(file, key).succeeded())
                .startsWith("OK: ")
                .contains("the file only shows that they were");
    }
}
