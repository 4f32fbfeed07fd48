package dev.unkai.node.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * One request as it came. Of its headers only the length of its body counts.
 *
 * @param line its first line
 * @param length of the body, in bytes; empty when none is told
 * @param begun what was read of the body already, a byte in each char
 */
record MetadataRequest(String line, OptionalInt length, String begun) {
    static final int LONGEST_HEAD = 8192;

    /** Reads up to the empty line and maybe beyond it; empty line or not, no more than is allowed. */
    static MetadataRequest read(InputStream from) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] part = new byte[1024];
        while (text.length() < LONGEST_HEAD && end(text) < 0) {
            int length = from.read(part);
            if (length < 0) {
                throw new IOException("the guest hung up");
            }
            text.append(new String(part, 0, length, StandardCharsets.ISO_8859_1));
        }
        int end = end(text);
        String head = end < 0 ? "" : text.substring(0, end);
        return new MetadataRequest(
                head.lines().findFirst().orElse(""), length(head), end < 0 ? "" : text.substring(end));
    }

    /** The body, which its sender says is not longer than {@code most}. */
    byte[] body(InputStream from, int most) throws IOException {
        byte[] known = begun.getBytes(StandardCharsets.ISO_8859_1);
        int whole = Math.min(length.orElse(0), most);
        byte[] body = new byte[whole];
        int there = Math.min(known.length, whole);
        System.arraycopy(known, 0, body, 0, there);
        if (from.readNBytes(body, there, whole - there) < whole - there) {
            throw new IOException("the guest hung up");
        }
        return body;
    }

    /** Where the body begins; negative: not there yet. */
    private static int end(CharSequence text) {
        String head = text.toString();
        int strict = head.indexOf("\r\n\r\n");
        int loose = head.indexOf("\n\n");
        if (strict >= 0 && (loose < 0 || strict < loose)) {
            return strict + 4;
        }
        return loose < 0 ? -1 : loose + 2;
    }

    private static OptionalInt length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
                .map(line -> line.substring(15).strip())
                .filter(number -> number.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }
}
