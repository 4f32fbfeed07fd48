package dev.unkai.cloud.edge;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.ServiceApi;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description of the service API (OpenAPI 3.1) of the version that runs; it is made from the code and tells nothing of any customer. */
@RestController
@ServiceApi
public final class DescriptionController {
    private static final Resource FILE = new ClassPathResource("/openapi.json");

    /** This description, of the version that runs. */
    @Shape(type = "application/json")
    @Allow(Allow.PUBLIC)
    @GetMapping("/service/v1/openapi.json")
    ResponseEntity<Resource> show() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache())
                .body(FILE);
    }
}
