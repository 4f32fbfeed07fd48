package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /os-baremetal-nodes} until 2.35, as the reference answers without a bare metal service beside it. */
@RestController
@RequestMapping("/compute/v2.1/os-baremetal-nodes")
class BareMetalController {
    private static final String ALLOW = "compute:host:show";
    private static final int LAST = 35;

    @Allow(ALLOW)
    @GetMapping({"", "/{id}"})
    void show(Microversion version) {
        Since.last(version, LAST);
        throw new Refusal(Refusal.Kind.NOT_SUPPORTED, "NotSupported", "The requested functionality is not supported.");
    }

    @Allow(ALLOW)
    @PostMapping
    void create(Microversion version) {
        throw elsewhere(version, "node-create");
    }

    @Allow(ALLOW)
    @DeleteMapping("/{id}")
    void delete(Microversion version) {
        throw elsewhere(version, "node-delete");
    }

    @Allow(ALLOW)
    @PostMapping("/{id}/action")
    void change(Microversion version) {
        throw elsewhere(version, "port-create");
    }

    private static Refusal elsewhere(Microversion version, String command) {
        Since.last(version, LAST);
        return Refusal.invalid(
                "Command Not supported. Please use Ironic command " + command + " to perform this action.");
    }
}
