package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
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
    /**
     * The ways by which data comes in besides PUT …/file. Not {@code web-download}: it would let customers have addresses
     * fetched from inside the provider's network.
     */
    static final List<String> IMPORT_METHODS = List.of("glance-direct");

    private final ImageUploads uploads;
    private final ImageStages stages;
    private final Bodies bodies;

    ImageStageController(ImageUploads uploads, ImageStages stages, Bodies bodies) {
        this.uploads = uploads;
        this.stages = stages;
        this.bodies = bodies;
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
        JsonNode method = bodies.read(request).path("method").path("name");
        if (!method.isString()) {
            throw Refusal.invalid("The field \"method.name\" must name an import method.");
        }
        if (!IMPORT_METHODS.contains(method.stringValue())) {
            throw Refusal.invalid("Unknown import method name. Those available are " + IMPORT_METHODS + ".");
        }
        stages.importStaged(caller, Bodies.imageId(id), method.stringValue());
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
