package dev.unkai.cloud.forward.send;

import dev.unkai.cloud.forward.Way.Webhook;
import dev.unkai.cloud.forward.send.Trouble.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One POST over an open line (HTTP/1.1, RFC 9112) and the status of its answer. It is not sent on. */
final class WebhookRequest {
    private static final int MOST_HEAD_BYTES = 32 << 10;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private WebhookRequest() {}

    static void send(OutsideLine line, Webhook way, Map<String, String> fields, byte[] body) throws NotTaken {
        try {
            OutputStream out = line.out();
            out.write(head(way, fields, body.length).getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            answer(new BufferedInputStream(line.in()));
        } catch (IOException e) {
            throw line.taken(e);
        }
    }

    private static String head(Webhook way, Map<String, String> fields, int length) {
        String path = way.address().getRawPath();
        String query = way.address().getRawQuery();
        StringBuilder head = new StringBuilder("POST ");
        head.append(path == null || path.isEmpty() ? "/" : path);
        head.append(query == null ? "" : "?" + query).append(" HTTP/1.1\r\nHost: ");
        head.append(way.address().getRawAuthority());
        head.append("\r\nUser-Agent: Unkai\r\nAccept: */*\r\nConnection: close\r\nContent-Length: ");
        head.append(length).append("\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static void answer(InputStream in) throws IOException {
        int[] left = {MOST_HEAD_BYTES};
        String[] first = line(in, left).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5]\\d\\d")) {
            throw new NotTaken(Reason.BROKEN_OFF, "It does not answer in HTTP/1.1.");
        }
        Map<String, String> fields = new TreeMap<>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        int status = Integer.parseInt(first[1]);
        if (status == GONE) {
            throw new NotTaken(Reason.GONE, "It answers 410: it wants no more events.");
        }
        if (status == TOO_LARGE) {
            throw new NotTaken(
                    Reason.TOO_LARGE,
                    "It answers 413: the request is too large for it.",
                    pause(fields.get("retry-after")));
        }
        if (status / 100 == 3) {
            throw new NotTaken(
                    Reason.STATUS,
                    "It answers " + status + " and would send on, which is not followed. Give the last address.");
        }
        if (status / 100 != 2) {
            throw new NotTaken(Reason.STATUS, "It answers " + status + ".", pause(fields.get("retry-after")));
        }
    }

    /** Seconds only: a date would be by the other end's clock. */
    private static @Nullable Duration pause(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.matches("\\d{1,9}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    /** Without its end; of all lines together no more bytes than are left. */
    private static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int sign = in.read(); sign != '\n'; sign = in.read()) {
            if (sign < 0 || --left[0] < 0) {
                throw new NotTaken(Reason.BROKEN_OFF, "Its answer breaks off, or is too long.");
            }
            if (sign != '\r') {
                line.append((char) sign);
            }
        }
        return line.toString();
    }
}
