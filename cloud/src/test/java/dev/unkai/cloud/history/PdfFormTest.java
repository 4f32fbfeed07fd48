package dev.unkai.cloud.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.proof.ExportedHistory;
import dev.unkai.cloud.history.HistoryExport.Format;
import dev.unkai.cloud.history.HistoryExport.Job;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import tools.jackson.databind.JsonNode;

class PdfFormTest {
    private static final Path FONT = Path.of("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf");

    @Test
    void anEventWithoutATimeStandsInTheFileLikeAnyOther() throws IOException {
        ExportedHistory history = ExportedHistory.of(3);
        assertThat(history.line(1)).doesNotContain("eventTime");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfForm form = new PdfForm(out, FONT);
        form.begin(new Job(
                ExportedHistory.LOG,
                Wanted.EVERYTHING,
                Format.PDF,
                Locale.JAPANESE,
                json(history.head()),
                Optional.of(json(history.round())),
                history.key().pem()));
        for (int place = 0; place < 3; place++) {
            form.event(history.line(place));
        }
        form.end(3, false);

        String text = new PdfTextExtractor(new PdfReader(out.toByteArray())).getTextFromPage(1);
        assertThat(text.split("SHA-256: ", -1)).as("a hash for each").hasSize(4);
    }

    private static JsonNode json(Object value) {
        return LedgerReader.JSON.readTree(LedgerReader.JSON.writeValueAsString(value));
    }
}
