package dev.unkai.node.firewall;

import dev.unkai.wire.node.FirewallLogPart;
import dev.unkai.wire.node.FirewallPacket;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Cuts a log that another process appends to into parts of whole lines. */
final class FirewallLogFile {
    private static final int LARGEST_PART = 256 * 1024;
    private static final int MOST_PACKETS = 500;
    private static final int LONGEST_FIRST_LINE = 1024;

    private FirewallLogFile() {}

    /**
     * What names the file among all that were or will be at its path: its first line, which has a time and is never changed. Empty while
     * there is none.
     */
    static Optional<String> source(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] head = read(file, 0, LONGEST_FIRST_LINE);
            int end = newline(head, 0);
            if (end < 0 && head.length < LONGEST_FIRST_LINE) {
                return Optional.empty();
            }
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(new String(head, 0, end < 0 ? head.length : end, StandardCharsets.ISO_8859_1)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole lines from {@code start} on, as many as go into one part; empty when there is none yet. */
    static Optional<FirewallLogPart> part(Path path, String source, long start) throws IOException {
        byte[] bytes;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            bytes = read(file, start, LARGEST_PART);
        }
        FirewallLogPart.Builder part =
                FirewallLogPart.newBuilder().setSource(source).setStart(start);
        int at = 0;
        while (part.getPacketsCount() < MOST_PACKETS) {
            int end = newline(bytes, at);
            if (end < 0) {
                break;
            }
            Optional<FirewallPacket> packet =
                    FirewallLine.parse(new String(bytes, at, end - at, StandardCharsets.UTF_8));
            packet.ifPresent(part::addPackets);
            at = end + 1;
        }
        if (at == 0 && bytes.length == LARGEST_PART) {
            at = bytes.length; // no line of ours is that long
        }
        return at == 0 ? Optional.empty() : Optional.of(part.setEnd(start + at).build());
    }

    private static byte[] read(RandomAccessFile file, long start, int most) throws IOException {
        long left = file.length() - start;
        if (left <= 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) Math.min(most, left)];
        file.seek(start);
        file.readFully(bytes);
        return bytes;
    }

    private static int newline(byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
