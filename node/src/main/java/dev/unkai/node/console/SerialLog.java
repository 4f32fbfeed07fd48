package dev.unkai.node.console;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a guest wrote to its serial port: virtlogd keeps it in files of bounded size, the older ones numbered. */
final class SerialLog {
    /** virtlogd's max_backups is at most this here. */
    private static final int BACKUPS = 3;

    private static final int PART = 64 * 1024;

    private SerialLog() {}

    /** The last {@code lines} lines (0: all that is kept), in parts of at most 64 KiB; nothing when nothing was written. */
    static List<ByteString> tail(Path file, int lines) throws IOException {
        ByteString all = ByteString.EMPTY;
        for (int backup = BACKUPS; backup >= 0; backup--) {
            Path part = backup == 0 ? file : file.resolveSibling(file.getFileName() + "." + (backup - 1));
            if (Files.exists(part)) {
                try (InputStream in = Files.newInputStream(part)) {
                    all = all.concat(ByteString.readFrom(in));
                }
            }
        }
        int from = lines > 0 ? startOfLast(all, lines) : 0;
        List<ByteString> parts = new ArrayList<>();
        for (int at = from; at < all.size(); at += PART) {
            parts.add(all.substring(at, Math.min(all.size(), at + PART)));
        }
        return parts;
    }

    private static int startOfLast(ByteString all, int lines) {
        // As the reference counts: lines are what stands between line ends, so that after the very last one an empty
        // line begins.
        int missing = lines;
        for (int at = all.size() - 1; at >= 0; at--) {
            if (all.byteAt(at) == '\n' && --missing == 0) {
                return at + 1;
            }
        }
        return 0;
    }
}
