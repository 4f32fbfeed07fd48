package dev.unkai.base.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first line of an exported history.
 *
 * @param complete whether all events up to the head are in the file, and not a choice of them
 * @param round empty while no round that holds the head is published
 * @param key the ledger's, as the file names it
 */
record HistoryHead(boolean complete, SignedHead head, Optional<HeldByRound> round, LedgerKey key) {
    /** One reading only: a name that stands twice could be read in two ways. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Throws IllegalArgumentException when the line is not one. */
    static HistoryHead parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            names(json, "format", "complete", "head", "round", "key");
            if (!HistoryFile.FORMAT.equals(json.path("format").asString(""))
                    || !json.path("complete").isBoolean()) {
                throw new IllegalArgumentException("another format");
            }
            return new HistoryHead(
                    json.path("complete").booleanValue(),
                    head(json.path("head")),
                    json.path("round").isNull() ? Optional.empty() : Optional.of(held(json.path("round"))),
                    key(json.path("key").stringValue("")));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static LedgerKey key(String pem) {
        LedgerKey key = LedgerKey.parse(pem);
        if (!key.pem().equals(pem)) {
            throw new IllegalArgumentException("another spelling of the key");
        }
        return key;
    }

    private static SignedHead head(JsonNode json) {
        names(json, "log", "size", "root", "time", "previous", "signature");
        return new SignedHead(
                json.path("log").stringValue(""),
                number(json.path("size")),
                bytes(json.path("root")),
                time(json.path("time")),
                bytes(json.path("previous")),
                bytes(json.path("signature")));
    }

    private static HeldByRound held(JsonNode json) {
        names(json, "round", "nonce", "place", "size", "path");
        JsonNode round = json.path("round");
        names(round, "number", "root", "time", "previous", "signature");
        return new HeldByRound(
                new Round(
                        number(round.path("number")),
                        bytes(round.path("root")),
                        time(round.path("time")),
                        bytes(round.path("previous")),
                        bytes(round.path("signature"))),
                bytes(json.path("nonce")),
                number(json.path("place")),
                number(json.path("size")),
                path(json.path("path")));
    }

    /** Refuses an object with other members than these: whatever is not checked must not be there. */
    static void names(JsonNode json, String... names) {
        if (!json.isObject() || !new TreeSet<>(json.propertyNames()).equals(new TreeSet<>(Set.of(names)))) {
            throw new IllegalArgumentException("other members than " + List.of(names));
        }
    }

    static long number(JsonNode json) {
        if (!json.isIntegralNumber() || !json.canConvertToLong() || json.longValue() < 0) {
            throw new IllegalArgumentException("no number");
        }
        return json.longValue();
    }

    /** Finer than a microsecond is not part of what is hashed, so nothing may stand there. */
    static Instant time(JsonNode json) {
        Instant time = Instant.parse(json.stringValue(""));
        if (time.getNano() % 1_000 != 0) {
            throw new IllegalArgumentException("finer than a microsecond");
        }
        return time;
    }

    /** Base64 (RFC 4648 section 4) in its one canonical spelling. */
    static byte[] bytes(JsonNode json) {
        String text = json.stringValue("");
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length == 0 || !Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("no base64");
        }
        return bytes;
    }

    static List<byte[]> path(JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalArgumentException("no path");
        }
        List<byte[]> path = new ArrayList<>(json.size());
        json.forEach(hash -> path.add(bytes(hash)));
        return path;
    }
}
