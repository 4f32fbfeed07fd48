package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.recorded.RecordedLines;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the reference's own schemas (nova 26.2) say of queries and bodies, at each version where they say something new. */
class RecordedSchemasTest {
    private static final ComputeSite.Customer CUSTOMER = ComputeSite.shared().customer();
    private static String operator;
    private static String server;

    @BeforeAll
    static void begin() {
        operator = CUSTOMER.operatorToken();
        server = CUSTOMER.running("asked");
    }

    /** A line has the minor version, the path with its query, and whether it is taken or refused. */
    @Test
    void queriesAreTakenAndRefusedAsByTheReference() {
        List<String> differ = RecordedLines.of("/compute/queries.txt").stream()
                .filter(line -> {
                    String[] words = line.split(" ");
                    boolean refused = status(words[0], "GET", encoded(words[1]), null) == 400;
                    return refused == words[2].equals("taken");
                })
                .toList();

        assertThat(differ).isEmpty();
    }

    /** A line has the minor version, the method, the path and a body. */
    @Test
    void bodiesThatTheReferenceRefusesAreRefused() {
        List<String> differ = RecordedLines.of("/compute/bodies.txt").stream()
                .filter(line -> {
                    String[] words = line.split(" ", 4);
                    return status(words[0], words[1], words[2], filled(words[3])) != 400;
                })
                .toList();

        assertThat(differ).isEmpty();
    }

    private static int status(String minor, String method, String path, String body) {
        return CUSTOMER.send(operator, Integer.parseInt(minor), method, filled(path), body)
                .status();
    }

    private static String filled(String text) {
        return text.replace("{server}", server)
                .replace("{project}", CUSTOMER.project)
                .replace("{image}", CUSTOMER.image())
                .replace("{nobody}", new UUID(0, 0x8000_0000_0000_0000L).toString());
    }

    private static String encoded(String path) {
        int query = path.indexOf('?') + 1;
        return path.substring(0, query)
                + path.substring(query).replace("[", URLEncoder.encode("[", StandardCharsets.UTF_8));
    }
}
