package dev.unkai.cloud.forward;

import dev.unkai.cloud.RunningCloud;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/** A cloud that forwards histories, a web server that takes them, and what tests of it ask again and again. */
abstract class ForwardingFixture {
    static RunningForwarding site;
    static Receiver receiver;

    @BeforeAll
    static void start() {
        site = new RunningForwarding();
        receiver = new Receiver(site.siem);
    }

    @AfterAll
    static void stop() {
        receiver.close();
        site.close();
    }

    @AfterEach
    void answerAgain() {
        receiver.answer(200, 0);
        receiver.takeAtMost(Integer.MAX_VALUE);
        site.ledger.down(false);
        site.sql("delete from forwarding");
    }

    static String event(int number) {
        return """
                {"id":"e%d","eventTime":"2026-11-26T06:00:00Z","action":"update","outcome":"success",\
                "initiator":{"id":"u","name":"雲 \\"海\\" ] \\\\"},"target":{"id":"t","typeURI":"compute/server"}}""".formatted(number);
    }

    static void events(String log, int count) {
        IntStream.range(0, count).forEach(number -> site.ledger.add(log, event(number)));
    }

    /** What the history tells of the forwarding itself, each as {@code action outcome}. */
    static List<String> told(String log) {
        return site.ledger.history(log).stream()
                .filter(event -> event.at("/target/typeURI").asString("").equals("service/forwarding"))
                .map(event -> event.path("action").asString() + " "
                        + event.path("outcome").asString())
                .toList();
    }

    static String reason(JsonNode shown) {
        return shown.at("/problem/reason").asString("");
    }

    static List<JsonNode> taken(String id) {
        return receiver.deliveries(id).stream()
                .filter(delivery -> delivery.status() == 204)
                .flatMap(delivery -> new String(delivery.body(), StandardCharsets.UTF_8).lines())
                .map(RunningCloud.JSON::readTree)
                .toList();
    }
}
