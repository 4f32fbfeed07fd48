package dev.unkai.base.proof;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks an exported history with nothing but the ledger's public key, line by line in constant memory. The file is in JSON Lines: {@link HistoryHead},
 * then a {@link HistoryLine} or {@link DroppedLine} for each event in ascending order, and {@code {"lines":n}} with their number.
 */
public final class HistoryFile {
    public static final String FORMAT = "unkai-history/1";

    private static final Pattern LAST = Pattern.compile("\\{\"lines\":(0|[1-9][0-9]{0,17})}");

    /** After so many lines the watcher hears of it. */
    private static final int STRIDE = 100_000;

    private HistoryFile() {}

    /**
     * What was found good.
     *
     * @param events how many are in the file
     * @param dropped for how many more it only shows that they were: they had been kept long enough
     * @param complete whether these are all events up to the head. If not, the file shows that each is genuine, and not that there were no others
     * @param round the published round that holds the head, if the file has one
     * @param key with which it was checked
     */
    public record Sound(
            SignedHead head, long events, long dropped, boolean complete, Optional<Round> round, LedgerKey key) {}

    /**
     * @param trusted the ledger's key as it was published; empty: the key that is in the file, which whoever reads the answer has to compare
     * @param watcher hears now and then how many events have been checked
     * @throws BrokenHistory with the first thing that is wrong
     */
    public static Sound check(InputStream file, Optional<LedgerKey> trusted, LongConsumer watcher)
            throws IOException, BrokenHistory {
        HistoryLines lines = new HistoryLines(file);
        HistoryHead first = first(lines);
        LedgerKey key = trusted.orElse(first.key());
        checkHead(first, key);
        SignedHead head = first.head();
        long events = 0;
        long dropped = 0;
        long before = -1;
        while (true) {
            Optional<String> text = lines.next();
            if (text.isEmpty()) {
                throw new BrokenHistory(lines.number(), HistoryFault.TRUNCATED, events);
            }
            Matcher last = LAST.matcher(text.get());
            if (last.matches()) {
                checkEnd(lines, first, events, Long.parseLong(last.group(1)));
                return new Sound(
                        head,
                        events - dropped,
                        dropped,
                        first.complete(),
                        first.round().map(HeldByRound::round),
                        key);
            }
            before = checkEvent(lines.number(), text.get(), first, before);
            dropped += DroppedLine.looksLike(text.get()) ? 1 : 0;
            events++;
            if (events % STRIDE == 0) {
                watcher.accept(events);
            }
        }
    }

    private static HistoryHead first(HistoryLines lines) throws IOException, BrokenHistory {
        try {
            return HistoryHead.parse(lines.next().orElse(""));
        } catch (IllegalArgumentException e) {
            throw new BrokenHistory(1, HistoryFault.NO_HISTORY);
        }
    }

    private static void checkHead(HistoryHead first, LedgerKey key) throws BrokenHistory {
        if (!key.key().equals(first.key().key())) {
            throw new BrokenHistory(1, HistoryFault.OTHER_KEY);
        }
        if (!key.signed(first.head())) {
            throw new BrokenHistory(1, HistoryFault.HEAD_NOT_SIGNED);
        }
        if (first.round().isPresent()) {
            HeldByRound held = first.round().get();
            if (!key.signed(held.round())) {
                throw new BrokenHistory(1, HistoryFault.ROUND_NOT_SIGNED);
            }
            if (!held.holds(first.head())) {
                throw new BrokenHistory(1, HistoryFault.ROUND_WITHOUT_HEAD);
            }
        }
    }

    /** Gives the event's place. */
    private static long checkEvent(long number, String text, HistoryHead first, long before) throws BrokenHistory {
        long place;
        boolean held;
        try {
            if (DroppedLine.looksLike(text)) {
                DroppedLine line = DroppedLine.parse(text);
                place = line.place();
                held = line.isIn(first.head());
            } else {
                HistoryLine line = HistoryLine.parse(text);
                place = line.place();
                held = line.isIn(first.head());
            }
        } catch (IllegalArgumentException e) {
            throw new BrokenHistory(number, HistoryFault.NO_EVENT);
        }
        if (!held) {
            throw new BrokenHistory(number, HistoryFault.CHANGED, place);
        }
        if (first.complete() && place != before + 1) {
            throw new BrokenHistory(number, HistoryFault.MISSING, place, before + 1);
        }
        if (place <= before) {
            throw new BrokenHistory(number, HistoryFault.DISORDER, place, before);
        }
        return place;
    }

    private static void checkEnd(HistoryLines lines, HistoryHead first, long events, long said)
            throws IOException, BrokenHistory {
        if (events != said) {
            throw new BrokenHistory(lines.number(), HistoryFault.OTHER_COUNT, events, said);
        }
        if (first.complete() && events != first.head().size()) {
            throw new BrokenHistory(
                    lines.number(),
                    HistoryFault.INCOMPLETE,
                    events,
                    first.head().size());
        }
        if (lines.next().isPresent()) {
            throw new BrokenHistory(lines.number(), HistoryFault.MORE);
        }
    }
}
