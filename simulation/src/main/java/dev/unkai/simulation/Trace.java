package dev.unkai.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** What happened, as a hash that two equal runs share, and its last lines for people. */
final class Trace {
    private static final int KEPT = 400;
    private static final long PRIME = 0x100000001b3L; // FNV-1a, 64 bits

    private final Deque<String> last = new ArrayDeque<>();
    private final boolean printed;
    private long hash = 0xcbf29ce484222325L;

    /** @param printed whether every line goes to standard output too */
    Trace(boolean printed) {
        this.printed = printed;
    }

    void add(long now, String line) {
        mix(line);
        String text = String.format(Locale.ROOT, "%9.3f %s", now / 1000.0, line);
        last.addLast(text);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        if (printed) {
            System.out.println(text);
        }
    }

    /** Part of the hash only: too much to read. */
    void mix(String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
    }

    String hash() {
        return Long.toHexString(hash);
    }

    List<String> last() {
        return List.copyOf(last);
    }
}
