package dev.unkai.cloud.history;

import dev.unkai.base.Refusal;
import dev.unkai.base.proof.EventLeaf;
import dev.unkai.base.proof.HistoryLine;
import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.Sha256;
import dev.unkai.cloud.history.HistoryExport.Job;
import dev.unkai.cloud.paper.PageFoot;
import dev.unkai.cloud.paper.PaperFont;
import java.awt.Color;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.DocumentException;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;
import tools.jackson.databind.JsonNode;

/**
 * The form for paper: what proves the history on the first page, then the events with their hashes, so that each can be compared with the ledger or with
 * an export that can be checked. Pages go out as they are full; what stays in memory is the font and where each page begins.
 */
final class PdfForm implements ExportForm {
    private static final float MARGIN = 36;
    private static final float SIZE = 7;
    private static final float LEADING = 1.3f;
    private static final float[] WIDTHS = {8, 18, 22, 30, 22};
    /** Of a cell: what is longer is a name or a reason that nobody reads on paper to its end. */
    private static final int LONGEST = 1_500;

    private final OutputStream out;
    private final Path font;
    private @Nullable Sheet sheet;

    PdfForm(OutputStream out, Path font) {
        this.out = out;
        this.font = font;
    }

    /** Throws a refusal where no PDF can be written. */
    static void check(Path font) {
        if (!Files.isReadable(font)) {
            throw Refusal.unavailable("PDF files cannot be made here: the font " + font.getFileName()
                    + " is missing. Export JSON Lines or CSV, or ask the provider to install fonts-ipaexfont-gothic.");
        }
    }

    @Override
    public void begin(Job job) throws IOException {
        sheet = new Sheet(new Open(out), font, job);
        sheet.front(job);
    }

    @Override
    public void event(String line) {
        sheet().event(HistoryLine.parse(line));
    }

    @Override
    public void flush() throws IOException {
        sheet().turn();
        out.flush();
    }

    @Override
    public void end(long count, boolean more) throws IOException {
        sheet().end(count, more);
        out.flush();
    }

    private Sheet sheet() {
        return Objects.requireNonNull(sheet, "not begun");
    }

    /** The answer's stream, which is not the document's to close. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** The document that is being written. */
    private static final class Sheet {
        private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN + 12);
        private final PdfWords words;
        private final EventWords said;
        private final String log;
        private final Font plain;
        private final Font small;
        private final Font strong;
        private final Font title;
        private PdfPTable table;

        Sheet(OutputStream out, Path file, Job job) throws IOException {
            BaseFont base = PaperFont.embedded(file);
            words = PdfWords.of(job.language());
            said = EventWords.of(job.language());
            log = job.log();
            plain = new Font(base, SIZE);
            small = new Font(base, SIZE - 1, Font.NORMAL, Color.DARK_GRAY);
            strong = new Font(base, SIZE + 2);
            title = new Font(base, 15);
            PdfWriter writer = PdfWriter.getInstance(document, out);
            writer.setPageEvent(new PageFoot(words.foot(job), small, 14));
            document.addTitle(words.title());
            document.addCreator("Unkai");
            document.open();
            table = fresh();
        }

        void front(Job job) {
            add(new Paragraph(words.title(), title));
            JsonNode head = job.head();
            PdfPTable facts = new PdfPTable(new float[] {26, 74});
            facts.setWidthPercentage(100);
            facts.setSpacingBefore(10);
            fact(facts, words.of(), job.log());
            fact(facts, words.chosen(), words.chosen(job.wanted()));
            fact(facts, words.size(), head.path("size").asString());
            fact(facts, words.signed(), head.path("time").asString());
            fact(facts, words.root(), PdfWords.hex(head.path("root").asString()));
            fact(facts, words.signature(), head.path("signature").asString());
            JsonNode round = job.round().map(held -> held.path("round")).orElse(null);
            fact(
                    facts,
                    words.round(),
                    round == null ? words.absent() : round.path("number").asString());
            if (round != null) {
                fact(facts, words.roundRoot(), PdfWords.hex(round.path("root").asString()));
            }
            fact(
                    facts,
                    words.key(),
                    HexFormat.of()
                            .formatHex(
                                    Sha256.of(LedgerKey.parse(job.key()).key().getEncoded())));
            add(facts);
            Paragraph how = new Paragraph(words.how(), plain);
            how.setSpacingBefore(8);
            how.setSpacingAfter(8);
            add(how);
        }

        void event(HistoryLine line) {
            JsonNode event = LedgerReader.JSON.readTree(line.event());
            Entry entry = Entry.of(event, log, line.place(), line.received().toString(), true);
            cell(String.valueOf(entry.place()), plain, 1);
            cell(seconds(entry.time()), plain, 1);
            String type = entry.target().type();
            cell(said.action(entry.action(), type) + "\n" + words.outcome(entry.outcome()), plain, 1);
            cell(
                    (said.kind(type).isEmpty() ? type : said.kind(type)) + "\n"
                            + Objects.toString(entry.target().name(), "") + "\n"
                            + entry.target().id(),
                    plain,
                    1);
            cell(
                    entry.initiator().name() + "\n"
                            + Objects.toString(entry.initiator().address(), ""),
                    plain,
                    1);
            cell("", small, 1);
            cell(below(entry, event, line), small, WIDTHS.length - 1);
        }

        private String below(Entry entry, JsonNode event, HistoryLine line) {
            List<String> lines = new ArrayList<>();
            String changes = Entry.told(Entry.changes(event), said::field);
            if (!changes.isEmpty()) {
                lines.add(words.changes() + ": " + changes);
            }
            if (entry.reason() != null) {
                lines.add(words.reason() + ": " + entry.reason());
            }
            lines.add(words.recorded() + ": " + entry.action() + " "
                    + entry.target().type());
            lines.add(words.received() + ": " + entry.received() + "   " + words.request() + ": "
                    + Objects.toString(entry.requestId(), "–"));
            lines.add("SHA-256: "
                    + HexFormat.of().formatHex(new EventLeaf(log, line.place(), line.received(), line.event()).hash()));
            return String.join("\n", lines);
        }

        /** What was gathered goes onto pages. */
        void turn() {
            if (table.size() > 1) {
                add(table);
            }
            table = fresh();
        }

        void end(long count, boolean more) {
            turn();
            Paragraph last = new Paragraph(words.end(count) + (more ? " " + words.more(count) : ""), strong);
            last.setSpacingBefore(10);
            add(last);
            document.close();
        }

        private PdfPTable fresh() {
            PdfPTable made = new PdfPTable(WIDTHS);
            made.setWidthPercentage(100);
            made.setSplitLate(false);
            for (String word : words.columns()) {
                PdfPCell cell = new PdfPCell(new Phrase(word, plain));
                cell.setBackgroundColor(new Color(0xE9, 0xEB, 0xED));
                made.addCell(cell);
            }
            made.setHeaderRows(1);
            return made;
        }

        private void cell(String text, Font look, int span) {
            PdfPCell cell =
                    new PdfPCell(new Phrase(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text, look));
            cell.setLeading(0, LEADING);
            cell.setPaddingBottom(3);
            cell.setColspan(span);
            cell.setBorder(look == plain ? Rectangle.TOP : Rectangle.NO_BORDER);
            cell.setBorderColor(Color.LIGHT_GRAY);
            table.addCell(cell);
        }

        private void fact(PdfPTable facts, String name, String value) {
            for (String text : List.of(name, value)) {
                PdfPCell cell = new PdfPCell(new Phrase(text, plain));
                cell.setBorderColor(Color.LIGHT_GRAY);
                facts.addCell(cell);
            }
        }

        private void add(Element element) {
            try {
                document.add(element);
            } catch (DocumentException e) {
                throw new IllegalStateException("A page of a history cannot be written", e);
            }
        }

        /** One that is no time is given as it was recorded: a single event must not end the file. */
        private static String seconds(String time) {
            try {
                return Instant.parse(time)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .replace('T', ' ');
            } catch (DateTimeException e) {
                return time;
            }
        }
    }
}
