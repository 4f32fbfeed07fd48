package dev.unkai.base.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The lines of a file, one at a time and with nothing mended: UTF-8, ended by a line feed each, of bounded length. */
final class HistoryLines {
    /** Far more than an event and its proof take. */
    private static final int LONGEST = 4 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long number;

    HistoryLines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that was read last, from 1; at the end of the file that of the one which is not there. */
    long number() {
        return number;
    }

    /** Empty at the end of the file. What stands there without a line feed behind it was cut, and is as good as not there. */
    Optional<String> next() throws IOException, BrokenHistory {
        number++;
        byte[] line = new byte[0];
        while (true) {
            if (at == end) {
                end = Math.max(0, in.read(buffer));
                at = 0;
                if (end == 0) {
                    if (line.length > 0 && number == 1) {
                        throw new BrokenHistory(1, HistoryFault.NO_HISTORY);
                    }
                    if (line.length > 0) {
                        throw new BrokenHistory(number, HistoryFault.TRUNCATED, number - 2);
                    }
                    return Optional.empty();
                }
            }
            int feed = at;
            while (feed < end && buffer[feed] != '\n') {
                feed++;
            }
            int before = line.length;
            if (before + feed - at > LONGEST) {
                throw new BrokenHistory(number, number == 1 ? HistoryFault.NO_HISTORY : HistoryFault.NO_EVENT);
            }
            line = Arrays.copyOf(line, before + feed - at);
            System.arraycopy(buffer, at, line, before, feed - at);
            boolean whole = feed < end;
            at = whole ? feed + 1 : end;
            if (whole) {
                return Optional.of(text(line));
            }
        }
    }

    private String text(byte[] line) throws BrokenHistory {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenHistory(number, number == 1 ? HistoryFault.NO_HISTORY : HistoryFault.NO_EVENT);
        }
    }
}
