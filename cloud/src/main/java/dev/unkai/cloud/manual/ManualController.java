package dev.unkai.cloud.manual;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.ServiceApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /service/v1/manual/ja} or {@code /en}: the manual of the version that runs, as PDF. */
@RestController
@ServiceApi
final class ManualController {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> LANGUAGES = Set.of("ja", "en");

    private final Path font;

    ManualController(
            @Value("${unkai.history.pdf-font:/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf}") Path font) {
        this.font = font;
    }

    /** The manual of the version that runs, as PDF. */
    @Shape(type = "application/pdf")
    @Allow("manual:read")
    @GetMapping("/service/v1/manual/{language}")
    ResponseEntity<byte[]> show(@PathVariable String language) throws IOException {
        if (!LANGUAGES.contains(language)) {
            throw Refusal.notFound("The manual is there in ja and en.");
        }
        if (!Files.isReadable(font)) {
            throw Refusal.unavailable(
                    "PDF files cannot be made here: the font " + font.getFileName()
                            + " is missing. Read the manual in the console, or ask the provider to install fonts-ipaexfont-gothic.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("unkai-manual-" + language + ".pdf")
                                .build()
                                .toString())
                .body(made(language));
    }

    /** Made anew for each who asks, which is seldom; one at a time, for the font takes room while it is read. */
    private synchronized byte[] made(String language) throws IOException {
        try (InputStream text =
                ManualController.class.getResourceAsStream("/META-INF/resources/manual/" + language + ".json")) {
            if (text == null) {
                throw Refusal.unavailable("This build has no manual: it is made together with the console.");
            }
            return ManualPdf.of(JSON.readTree(text), font);
        }
    }
}
