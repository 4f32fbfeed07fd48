package dev.unkai.base.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is done to an exported history is found, in the line where it was done. */
class HistoryFileTest {
    private static final int EVENTS = 21;
    private static final ExportedHistory HISTORY = ExportedHistory.of(EVENTS);
    private final List<String> lines = new ArrayList<>(HISTORY.lines());

    @Test
    void whatTheLedgerWroteIsSoundWithTheGivenKeyAndWithTheFilesOwn() throws Exception {
        for (Optional<LedgerKey> key : List.of(Optional.of(HISTORY.key()), Optional.<LedgerKey>empty())) {
            HistoryFile.Sound sound = HistoryFile.check(file(lines), key, _ -> {});

            assertThat(sound.events()).isEqualTo(EVENTS);
            assertThat(sound.complete()).isTrue();
            assertThat(sound.head().log()).isEqualTo(ExportedHistory.LOG);
            assertThat(sound.round()).map(Round::number).contains(3L);
            assertThat(sound.key()).isEqualTo(HISTORY.key());
        }
    }

    @Test
    void aChoiceOfEventsAndAnEmptyOneAreSoundButNotComplete() throws Exception {
        HistoryFile.Sound some =
                HistoryFile.check(file(HISTORY.lines(false, false, 2, 3, 17)), Optional.empty(), _ -> {});
        HistoryFile.Sound none = HistoryFile.check(file(HISTORY.lines(false, true)), Optional.empty(), _ -> {});

        assertThat(some.events()).isEqualTo(3);
        assertThat(some.complete()).isFalse();
        assertThat(some.round()).isEmpty();
        assertThat(none.events()).isZero();
    }

    @Test
    void eventsThatWereDroppedAreCountedApartAndStillKeepTheirPlaces() throws Exception {
        String whole = lines.get(3);
        lines.set(3, HISTORY.droppedLine(2));
        lines.set(5, HISTORY.droppedLine(4));
        HistoryFile.Sound sound = HistoryFile.check(file(lines), Optional.empty(), _ -> {});
        assertThat(sound.events()).isEqualTo(EVENTS - 2);
        assertThat(sound.dropped()).isEqualTo(2);
        assertThat(sound.complete()).isTrue();

        lines.set(3, HISTORY.droppedLine(4).replace("\"place\":4", "\"place\":2"));
        assertBroken(4, HistoryFault.CHANGED, 2L);
        lines.set(3, HISTORY.droppedLine(2).replace("access/2026-04", "<b>"));
        assertBroken(4, HistoryFault.NO_EVENT);
        lines.set(3, whole);
        lines.remove(5);
        assertBroken(6, HistoryFault.MISSING, 5L, 4L);
    }

    /** One bit of each byte: all of them would take a while. */
    @Test
    void anyBitOfAnEventsLineThatIsChangedIsFoundInThatLine() {
        lines.set(0, HISTORY.first(true, false));
        byte[] line = lines.get(2).getBytes(StandardCharsets.UTF_8);
        List<byte[]> all = new ArrayList<>(lines.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
        for (int at = 0; at < line.length; at++) {
            byte[] changed = line.clone();
            changed[at] ^= (byte) (1 << at % 8);
            all.set(2, changed);

            assertThat(broken(joined(all), null).line()).as("byte %d", at).isEqualTo(3);
        }
    }

    @Test
    void anyCharacterOfTheFirstLineThatIsChangedIsFoundThere() {
        String first = lines.getFirst();
        for (int at = 0; at < first.length(); at++) {
            char other = first.charAt(at) == 'x' ? 'y' : 'x';
            lines.set(0, first.substring(0, at) + other + first.substring(at + 1));

            assertThat(broken(file(lines), HISTORY.key()).line())
                    .as("character %d", at)
                    .isOne();
        }
    }

    @Test
    void swappedLeftOutDoubledAndForeignLinesAreNamed() {
        Collections.swap(lines, 5, 6);
        assertBroken(6, HistoryFault.MISSING, 5L, 4L);
        Collections.swap(lines, 5, 6);

        String left = lines.remove(5);
        assertBroken(6, HistoryFault.MISSING, 5L, 4L);
        lines.add(5, left);

        lines.add(5, left);
        assertBroken(7, HistoryFault.MISSING, 4L, 5L);
        lines.remove(5);

        lines.add(5, left.replace("雲4", "雲5"));
        assertBroken(6, HistoryFault.CHANGED, 4L);
        lines.set(5, "{\"place\":4}");
        assertBroken(6, HistoryFault.NO_EVENT);
        lines.set(5, "");
        assertBroken(6, HistoryFault.NO_EVENT);
    }

    @Test
    void aChoiceIsInOrderToo() {
        lines.clear();
        lines.addAll(HISTORY.lines(false, true, 2, 9, 4));
        assertBroken(4, HistoryFault.DISORDER, 4L, 9L);
        lines.set(3, lines.get(2));
        assertBroken(4, HistoryFault.DISORDER, 9L, 9L);
    }

    @Test
    void anEventUnderAnotherPlaceOrTimeIsNotWhatWasRecorded() {
        String line = lines.get(3);
        lines.set(3, line.replace("\"place\":2", "\"place\":200"));
        assertBroken(4, HistoryFault.CHANGED, 200L);
        lines.set(3, line.replace("07:00:0", "06:00:0").replace("06:59:4", "06:59:3"));
        assertBroken(4, HistoryFault.CHANGED, 2L);
        lines.set(3, line.replace("\"event\":", "\"more\":1,\"event\":"));
        assertBroken(4, HistoryFault.NO_EVENT);
    }

    @Test
    void aFileThatWasCutOrLengthenedIsNamedAsSuch() {
        String last = lines.removeLast();
        assertBroken(EVENTS + 2, HistoryFault.TRUNCATED, (long) EVENTS);
        String event = lines.removeLast();
        lines.add("{\"lines\":" + EVENTS + "}");
        assertBroken(EVENTS + 1, HistoryFault.OTHER_COUNT, EVENTS - 1L, (long) EVENTS);
        lines.set(EVENTS, "{\"lines\":" + (EVENTS - 1) + "}");
        assertBroken(EVENTS + 1, HistoryFault.INCOMPLETE, EVENTS - 1L, (long) EVENTS);
        lines.set(EVENTS, event);
        lines.add(last);
        lines.add(event);
        assertBroken(EVENTS + 3, HistoryFault.MORE);

        byte[] whole = text(HISTORY.lines()).getBytes(StandardCharsets.UTF_8);
        for (int length = whole.length - 1; length > 0; length -= 997) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThat(broken(new ByteArrayInputStream(cut), null).fault())
                    .as("%d of %d bytes", length, whole.length)
                    .isIn(HistoryFault.TRUNCATED, HistoryFault.NO_HISTORY);
        }
    }

    @Test
    void anotherKeyHeadOrRoundIsNamed() {
        ExportedHistory forged = ExportedHistory.of(EVENTS);
        assertThat(broken(file(forged.lines()), HISTORY.key()).fault()).isEqualTo(HistoryFault.OTHER_KEY);

        String theirs = forged.first(true, true);
        String ours = lines.getFirst();
        lines.set(0, ours.substring(0, ours.indexOf("\"key\"")) + theirs.substring(theirs.indexOf("\"key\"")));
        assertBroken(1, HistoryFault.HEAD_NOT_SIGNED);
        lines.set(
                0,
                ours.substring(0, ours.indexOf("\"round\""))
                        + theirs.substring(theirs.indexOf("\"round\""), theirs.indexOf("\"key\""))
                        + ours.substring(ours.indexOf("\"key\"")));
        assertBroken(1, HistoryFault.ROUND_NOT_SIGNED);
        lines.set(0, ours.replace("\"size\":" + EVENTS, "\"size\":" + (EVENTS - 1)));
        assertBroken(1, HistoryFault.HEAD_NOT_SIGNED);
        lines.set(0, ours.replace("\"place\":0,\"size\":2", "\"place\":1,\"size\":2"));
        assertBroken(1, HistoryFault.ROUND_WITHOUT_HEAD);
        lines.set(0, "time,action,outcome");
        assertBroken(1, HistoryFault.NO_HISTORY);
    }

    @Test
    void aFileWithoutEndIsRefusedAtTheFirstWrongLine() throws Exception {
        byte[] first = (HISTORY.first(false, false) + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] event = (HISTORY.line(3) + "\n").getBytes(StandardCharsets.UTF_8);
        // The second one of the same place is refused, however long the file goes on: nothing is read ahead of what is
        // checked.
        InputStream endless = new java.io.SequenceInputStream(new ByteArrayInputStream(first), new InputStream() {
            private long at;

            @Override
            public int read() {
                return event[(int) (at++ % event.length)];
            }
        });

        assertThatThrownBy(() -> HistoryFile.check(endless, Optional.empty(), _ -> {}))
                .isInstanceOfSatisfying(
                        BrokenHistory.class, broken -> assertThat(broken.line()).isEqualTo(3));
    }

    private void assertBroken(long line, HistoryFault fault, Long... details) {
        BrokenHistory broken = broken(file(lines), null);
        assertThat(broken.fault()).isEqualTo(fault);
        assertThat(broken.line()).isEqualTo(line);
        assertThat(broken.details()).containsExactly(details);
    }

    private static BrokenHistory broken(InputStream file, @Nullable LedgerKey key) {
        return catchThrowableOfType(
                BrokenHistory.class, () -> HistoryFile.check(file, Optional.ofNullable(key), _ -> {}));
    }

    private static InputStream file(List<String> lines) {
        return new ByteArrayInputStream(text(lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static InputStream joined(List<byte[]> lines) {
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            for (byte[] line : lines) {
                bytes.write(line);
                bytes.write('\n');
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
