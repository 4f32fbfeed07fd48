package dev.unkai.cloud.paper;

import java.io.IOException;
import java.nio.file.Path;
import org.openpdf.text.pdf.BaseFont;

/** The letters of a document, which go with it. */
public final class PaperFont {
    private PaperFont() {}

    /**
     * @param file TrueType or OpenType; of a collection the first
     * @return for one document only: a font is read again while its letters are written
     */
    public static BaseFont embedded(Path file) throws IOException {
        String name = file.toString();
        return BaseFont.createFont(
                name.endsWith(".ttc") ? name + ",0" : name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, null, null);
    }
}
