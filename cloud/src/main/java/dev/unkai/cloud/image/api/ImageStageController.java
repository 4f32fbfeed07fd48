package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.download.DownloadRules;
import dev.unkai.cloud.image.work.ImageStages;
import dev.unkai.cloud.image.work.ImageUploads;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Image API v2: staging and import of data, deactivation and reactivation. */
@RestController
@RequestMapping("/image/v2/images/{id}")
final class ImageStageController {
    private static final String STAGED = "glance-direct";
    private static final String WEB = "web-download";

    private final ImageUploads uploads;
    private final ImageStages stages;
    private final DownloadRules rules;
    private final Bodies bodies;

    ImageStageController(ImageUploads uploads, ImageStages stages, DownloadRules rules, Bodies bodies) {
        this.uploads = uploads;
        this.stages = stages;
        this.rules = rules;
        this.bodies = bodies;
    }

    /** The ways by which data comes in besides PUT …/file. */
    static List<String> importMethods(DownloadRules rules) {
        return rules.offered() ? List.of(STAGED, WEB) : List.of(STAGED);
    }

    @Allow("image:image:upload")
    @PutMapping("/stage")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stage(Caller caller, @PathVariable String id, HttpServletRequest request) throws IOException {
        uploads.stage(caller, Bodies.imageId(id), request.getInputStream(), ImageDataController.announced(request));
    }

    @Allow("image:image:upload")
    @PostMapping("/import")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void bringIn(Caller caller, @PathVariable String id, HttpServletRequest request) {
        JsonNode named = bodies.read(request).path("method");
        JsonNode method = named.path("name");
        if (!method.isString()) {
            throw Refusal.invalid("The field \"method.name\" must name an import method.");
        }
        List<String> known = importMethods(rules);
        if (!known.contains(method.stringValue())) {
            throw Refusal.invalid("Unknown import method name. Those available are " + known + ".");
        }
        if (method.stringValue().equals(WEB)) {
            String uri = rules.checked(named.path("uri").asString("")).toString();
            stages.importFromWeb(caller, Bodies.imageId(id), WEB, uri);
        } else {
            stages.importStaged(caller, Bodies.imageId(id), STAGED);
        }
    }

    @Allow("image:image:update")
    @PostMapping("/actions/deactivate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deactivate(Caller caller, @PathVariable String id) {
        stages.deactivate(caller, Bodies.imageId(id));
    }

    @Allow("image:image:update")
    @PostMapping("/actions/reactivate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reactivate(Caller caller, @PathVariable String id) {
        stages.reactivate(caller, Bodies.imageId(id));
    }
}
