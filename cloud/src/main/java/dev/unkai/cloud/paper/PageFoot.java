package dev.unkai.cloud.paper;

import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.ColumnText;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfWriter;

/** The line below each page: a text, and which page it is. */
public final class PageFoot extends PdfPageEventHelper {
    private final String text;
    private final Font font;
    private final float below;

    /** @param below points between the page's text and the line */
    public PageFoot(String text, Font font, float below) {
        this.text = text;
        this.font = font;
        this.below = below;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        write(writer, Element.ALIGN_LEFT, text, document.left(), document);
        write(writer, Element.ALIGN_RIGHT, String.valueOf(writer.getPageNumber()), document.right(), document);
    }

    private void write(PdfWriter writer, int align, String words, float at, Document document) {
        ColumnText.showTextAligned(
                writer.getDirectContent(), align, new Phrase(words, font), at, document.bottom() - below, 0);
    }
}
