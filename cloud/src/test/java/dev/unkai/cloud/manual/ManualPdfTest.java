package dev.unkai.cloud.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import tools.jackson.databind.json.JsonMapper;

/** The manual as a file, from blocks as the console's build makes them. */
class ManualPdfTest {
    private static final Path FONT = Path.of("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf");
    private static final String MANUAL = """
            {"title": "利用の手引き", "sections": [
              {"id": "networks", "level": 2, "title": "ネットワーク", "blocks": [
                {"kind": "text", "spans": [{"look": "plain", "text": "サーバーを"}, {"look": "strong", "text": "つなげます"},
                  {"look": "code", "text": "unkai up"}, {"look": "plain", "text": "仕様", "href": "https://www.example.org/"}]},
                {"kind": "list", "ordered": true, "items": [[{"kind": "text", "spans": [{"look": "plain", "text": "作成"}]},
                  {"kind": "list", "ordered": false, "items": [[{"kind": "text", "spans": [{"look": "plain", "text": "内側"}]}]]}]]},
                {"kind": "code", "text": "openstack server list"},
                {"kind": "table", "head": [[{"look": "plain", "text": "項目"}]], "rows": [[[{"look": "plain", "text": "値"}]]]}]},
              {"id": "mail", "level": 3, "title": "メール", "blocks": []}]}
            """;

    @Test
    void itHasItsContentsItsSectionsAndALetterForEveryKanji() throws IOException {
        PdfReader pdf = new PdfReader(ManualPdf.of(JsonMapper.shared().readTree(MANUAL), FONT));

        PdfTextExtractor text = new PdfTextExtractor(pdf);
        assertThat(text.getTextFromPage(1)).contains("利用の手引き", "ネットワーク", "メール");
        assertThat(text.getTextFromPage(2))
                .contains("サーバーを", "つなげます", "作成", "内側", "openstack server list", "項目", "値", "メール");
        assertThat(new String(pdf.getPageContent(1), StandardCharsets.ISO_8859_1))
                .isNotEmpty();
    }
}
