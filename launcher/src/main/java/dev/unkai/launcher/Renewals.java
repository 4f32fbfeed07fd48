package dev.unkai.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of the last look after each certificate that root renews: a file in which the cloud reads it for its inventory. By the name of the
 * certificate: {@code at}, and where it failed {@code failure} with a {@code reason}, its {@code values} and a sentence in English,
 * {@code detail}.
 */
final class Renewals {
    static final String FILE = "pki/renewals.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REFUSED = "edge.refused.";

    private final DataDirectory directory;
    private final Clock clock;

    Renewals(DataDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    void succeeded(String name) {
        put(name, entry());
    }

    /** @param refused one of the Problems {@code edge.refused.REASON} */
    void failed(String name, Problem refused) {
        ObjectNode failure = JSON.createObjectNode();
        failure.put("reason", refused.key().startsWith(REFUSED) ? refused.key().substring(REFUSED.length()) : "failed");
        List<String> values = new ArrayList<>();
        for (Object value : refused.values()) {
            values.add(String.valueOf(value));
        }
        values.forEach(failure.putArray("values")::add);
        failure.put("detail", new Messages(Locale.ROOT).text(refused.key(), refused.values()));
        put(name, entry().set("failure", failure));
    }

    /** Of a certificate of the built-in authority's. */
    void failed(String name, RuntimeException failed) {
        ObjectNode failure = JSON.createObjectNode();
        failure.put("reason", "failed");
        String detail = failed.getMessage()
                + (failed.getCause() == null ? "" : ": " + failed.getCause().getMessage());
        failure.putArray("values").add(detail);
        failure.put("detail", detail);
        put(name, entry().set("failure", failure));
    }

    void forget(String name) {
        ObjectNode all = read();
        if (all.has(name)) {
            all.remove(name);
            write(all);
        }
    }

    private ObjectNode entry() {
        return JSON.createObjectNode().put("at", clock.instant().toString());
    }

    private void put(String name, JsonNode entry) {
        ObjectNode all = read();
        all.set(name, entry);
        write(all);
    }

    private ObjectNode read() {
        try {
            Path file = directory.of(FILE);
            return Files.exists(file) && JSON.readTree(Files.readString(file)) instanceof ObjectNode all
                    ? all
                    : JSON.createObjectNode();
        } catch (IOException | JacksonException e) {
            return JSON.createObjectNode(); // what it says is said again with the next look
        }
    }

    private void write(ObjectNode all) {
        directory.write(FILE, JSON.writeValueAsString(all), "rw-r--r--");
    }
}
