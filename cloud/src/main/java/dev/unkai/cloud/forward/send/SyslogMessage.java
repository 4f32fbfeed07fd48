package dev.unkai.cloud.forward.send;

import dev.unkai.cloud.history.HistoryFeed.Fed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as syslog messages (RFC 5424): structured data with what one filters by, and the CADF event as the message.
 *
 * @param host our name, as the header has it
 * @param enterprise the private enterprise number behind the structured data's name
 */
public record SyslogMessage(String host, int enterprise) {
    /** RFC 5425 section 4.3.1: receivers should take this many octets; many cut or drop what is longer. */
    static final int LONGEST = 8_192;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    /** Log audit. */
    private static final int FACILITY = 13;

    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;
    private static final int LONGEST_VALUE = 128;
    private static final int LONGEST_ID = 32;
    private static final String NOTHING = "-";

    /** The message, without its frame. One that would be too long comes without the parts that make it so, and says that. */
    byte[] of(Fed event) {
        JsonNode cadf = JSON.readTree(event.json());
        byte[] whole = message(event, cadf, event.json(), false);
        if (whole.length <= LONGEST) {
            return whole;
        }
        ObjectNode less = (ObjectNode) cadf;
        less.remove("attachments");
        less.remove("changes");
        less.remove("reason");
        byte[] shorter = message(event, cadf, less.toString(), true);
        return shorter.length <= LONGEST ? shorter : message(event, cadf, "{}", true);
    }

    /** A message that tells of nothing, to see whether it arrives. */
    byte[] test(String id, Instant at) {
        return assemble(
                NOTICE,
                at,
                "cloud",
                "test",
                Map.of("test", "true"),
                "{\"test\":true,\"id\":\"" + id + "\",\"eventTime\":\"" + at + "\"}");
    }

    private byte[] message(Fed event, JsonNode cadf, String body, boolean shortened) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("log", event.log());
        data.put("place", String.valueOf(event.place()));
        data.put("received", event.received().toString());
        data.put("hash", event.hash());
        put(data, "action", cadf.path("action"));
        put(data, "outcome", cadf.path("outcome"));
        put(data, "actor", cadf.at("/initiator/id"));
        put(data, "actorName", cadf.at("/initiator/name"));
        put(data, "address", cadf.at("/initiator/host/address"));
        put(data, "target", cadf.at("/target/id"));
        put(data, "targetType", cadf.at("/target/typeURI"));
        put(data, "targetName", cadf.at("/target/name"));
        if (shortened) {
            data.put("shortened", "true");
        }
        int severity = switch (cadf.path("outcome").asString("")) {
            case "success" -> INFORMATIONAL;
            case "failure" -> WARNING;
            default -> NOTICE;
        };
        return assemble(
                severity,
                time(cadf.path("eventTime").asString(""), event.received()),
                cadf.at("/observer/id").asString(""),
                cadf.path("action").asString(""),
                data,
                body);
    }

    private static void put(Map<String, String> data, String name, JsonNode value) {
        String text = value.asString("");
        if (!text.isEmpty()) {
            data.put(name, text);
        }
    }

    private byte[] assemble(
            int severity, Instant at, String process, String kind, Map<String, String> data, String body) {
        StringBuilder head = new StringBuilder();
        head.append('<').append(FACILITY * 8 + severity).append(">1 ");
        head.append(at.truncatedTo(ChronoUnit.MICROS)).append(' ');
        head.append(printable(host, 255)).append(" unkai ");
        head.append(printable(process, 128)).append(' ');
        head.append(printable(kind, LONGEST_ID)).append(" [unkai@").append(enterprise);
        data.forEach((name, value) -> head.append(' ')
                .append(name)
                .append("=\"")
                .append(escaped(value))
                .append('"'));
        head.append("] ");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(BOM);
        bytes.writeBytes(body.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** PRINTUSASCII, at most so many. */
    private static String printable(String text, int longest) {
        String clean = text.replaceAll("[^\\x21-\\x7e]", "_");
        return clean.isEmpty() ? NOTHING : clean.substring(0, Math.min(longest, clean.length()));
    }

    /** RFC 5424 section 6.3.3. Control characters, which a value may hold but many receivers cannot, become spaces. */
    static String escaped(String value) {
        int end = value.offsetByCodePoints(0, Math.min(LONGEST_VALUE, value.codePointCount(0, value.length())));
        StringBuilder text = new StringBuilder();
        value.substring(0, end).codePoints().forEach(c -> {
            if (c == '"' || c == '\\' || c == ']') {
                text.append('\\');
            }
            boolean halved = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            text.appendCodePoint(halved ? '?' : Character.isISOControl(c) ? ' ' : c);
        });
        return text.toString();
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /** The message behind its length (RFC 5425 section 4.3). */
    static byte[] framed(byte[] message) {
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(length.length + message.length);
        frame.writeBytes(length);
        frame.writeBytes(message);
        return frame.toByteArray();
    }
}
