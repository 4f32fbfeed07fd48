package dev.unkai.cloud.manual;

import dev.unkai.cloud.paper.PageFoot;
import dev.unkai.cloud.paper.PaperFont;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.DocumentException;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.ListItem;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.DefaultSplitCharacter;
import org.openpdf.text.pdf.PdfChunk;
import org.openpdf.text.pdf.PdfDestination;
import org.openpdf.text.pdf.PdfOutline;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;
import tools.jackson.databind.JsonNode;

/** The manual on A4: its contents with links, then the sections, from the blocks that the console's build has made (its build/manual.mjs). */
final class ManualPdf {
    private static final float MARGIN = 54;
    private static final float SIZE = 9.5f;
    private static final float LEADING = 1.5f;
    private static final String NEVER_FIRST = "、。，．・：；？！ー）」』】〉》〕｝ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}";
    private static final Color SHADE = new Color(0xF2, 0xF3, 0xF4);
    private static final Color CODE = new Color(0x0F, 0x3A, 0x6B);

    private final BaseFont base;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
    private final PdfWriter writer;

    private ManualPdf(Path font, String title) throws IOException {
        base = PaperFont.embedded(font);
        writer = PdfWriter.getInstance(document, out);
        writer.setPageEvent(new PageFoot(title, new Font(base, 8, Font.NORMAL, Color.DARK_GRAY), 20));
        document.addTitle(title);
        document.addCreator("Unkai");
        document.open();
    }

    /** @param manual {@code title} and {@code sections} with {@code id}, {@code level}, {@code title} and {@code blocks} */
    static byte[] of(JsonNode manual, Path font) throws IOException {
        String title = manual.path("title").asString();
        ManualPdf pdf = new ManualPdf(font, title);
        pdf.contents(title, manual.path("sections"));
        for (JsonNode section : manual.path("sections")) {
            pdf.section(section);
        }
        pdf.document.close();
        return pdf.out.toByteArray();
    }

    private void contents(String title, JsonNode sections) {
        Paragraph head = new Paragraph(title, new Font(base, 22));
        head.setSpacingAfter(18);
        add(head);
        for (JsonNode section : sections) {
            Chunk link = new Chunk(section.path("title").asString(), new Font(base, SIZE));
            link.setLocalGoto(section.path("id").asString());
            Paragraph line = new Paragraph(SIZE * LEADING, link);
            line.setIndentationLeft(section.path("level").intValue() > 2 ? 16 : 0);
            add(line);
        }
        document.newPage();
    }

    private void section(JsonNode section) {
        boolean inner = section.path("level").intValue() > 2;
        String title = section.path("title").asString();
        Chunk named = new Chunk(title, new Font(base, inner ? 12 : 15, Font.BOLD));
        named.setLocalDestination(section.path("id").asString());
        Paragraph head = new Paragraph(named);
        head.setSpacingBefore(inner ? 10 : 18);
        head.setSpacingAfter(4);
        head.setKeepTogether(true);
        add(head);
        new PdfOutline(
                writer.getRootOutline(),
                new PdfDestination(PdfDestination.FITH, writer.getVerticalPosition(true) + 20),
                title);
        section.path("blocks").forEach(block -> add(block(block)));
    }

    private Element block(JsonNode block) {
        return switch (block.path("kind").asString()) {
            case "text" -> paragraph(block.path("spans"));
            case "list" -> list(block);
            case "code" -> code(block.path("text").asString());
            case "table" -> table(block);
            default -> throw new IllegalArgumentException("A manual with a " + block.path("kind"));
        };
    }

    private Paragraph paragraph(JsonNode spans) {
        Paragraph paragraph = new Paragraph(phrase(spans, SIZE));
        paragraph.setLeading(SIZE * LEADING);
        paragraph.setSpacingAfter(5);
        return paragraph;
    }

    private Phrase phrase(JsonNode spans, float size) {
        Phrase phrase = new Phrase(size * LEADING);
        for (JsonNode span : spans) {
            Font font = switch (span.path("look").asString()) {
                case "strong" -> new Font(base, size, Font.BOLD);
                case "code" -> new Font(base, size, Font.NORMAL, CODE);
                default -> new Font(base, size);
            };
            Chunk chunk = new Chunk(span.path("text").asString(), font);
            chunk.setSplitCharacter(ManualPdf::maySplit);
            if (span.has("href")) {
                chunk.setAnchor(span.path("href").asString());
            }
            phrase.add(chunk);
        }
        return phrase;
    }

    /** As always, but a line of Japanese does not begin with what closes (JIS X 4051). */
    private static boolean maySplit(int start, int current, int end, char[] letters, PdfChunk[] chunks) {
        return DefaultSplitCharacter.DEFAULT.isSplitCharacter(start, current, end, letters, chunks)
                && (current + 1 >= end || NEVER_FIRST.indexOf(letters[current + 1]) < 0);
    }

    private org.openpdf.text.List list(JsonNode block) {
        boolean ordered = block.path("ordered").booleanValue();
        org.openpdf.text.List list = new org.openpdf.text.List(ordered, 16);
        list.setListSymbol(new Chunk(ordered ? "" : "・", new Font(base, SIZE)));
        for (JsonNode item : block.path("items")) {
            ListItem entry = new ListItem(SIZE * LEADING, "", new Font(base, SIZE));
            for (JsonNode part : item) {
                entry.add(part.path("kind").asString().equals("text") ? phrase(part.path("spans"), SIZE) : block(part));
            }
            entry.setSpacingAfter(3);
            list.add(entry);
        }
        return list;
    }

    private PdfPTable code(String text) {
        PdfPTable box = new PdfPTable(1);
        box.setWidthPercentage(100);
        box.setSpacingBefore(3);
        box.setSpacingAfter(7);
        PdfPCell cell = new PdfPCell(new Phrase(SIZE * 1.35f, text, new Font(base, SIZE - 1)));
        cell.setBackgroundColor(SHADE);
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setPadding(6);
        box.addCell(cell);
        return box;
    }

    private PdfPTable table(JsonNode block) {
        JsonNode head = block.path("head");
        PdfPTable table = new PdfPTable(widths(block));
        table.setWidthPercentage(100);
        table.setSpacingBefore(3);
        table.setSpacingAfter(7);
        table.setHeaderRows(1);
        head.forEach(cell -> table.addCell(cell(cell, SHADE)));
        block.path("rows").forEach(row -> row.forEach(cell -> table.addCell(cell(cell, Color.WHITE))));
        return table;
    }

    private PdfPCell cell(JsonNode spans, Color ground) {
        PdfPCell cell = new PdfPCell(phrase(spans, SIZE - 1));
        cell.setLeading(0, 1.3f);
        cell.setPadding(4);
        cell.setBackgroundColor(ground);
        cell.setBorderColor(Color.LIGHT_GRAY);
        return cell;
    }

    /** Wider where there is more text, but no column so narrow that words break. */
    private static float[] widths(JsonNode block) {
        List<JsonNode> rows = new ArrayList<>();
        rows.add(block.path("head"));
        block.path("rows").forEach(rows::add);
        float[] widths = new float[block.path("head").size()];
        for (JsonNode row : rows) {
            for (int column = 0; column < widths.length; column++) {
                int length = 0;
                for (JsonNode span : row.path(column)) {
                    length += span.path("text").asString().length();
                }
                widths[column] = Math.max(widths[column], Math.clamp(length, 8, 60));
            }
        }
        return widths;
    }

    private void add(Element element) {
        try {
            document.add(element);
        } catch (DocumentException e) {
            throw new IllegalStateException("A page of the manual cannot be written", e);
        }
    }
}
