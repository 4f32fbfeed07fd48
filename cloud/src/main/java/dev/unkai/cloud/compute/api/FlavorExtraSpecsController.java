package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.Flavors;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /flavors/{id}/os-extra_specs}: what a flavor promises beyond its numbers. */
@RestController
@RequestMapping("/compute/v2.1/flavors/{flavor}/os-extra_specs")
class FlavorExtraSpecsController {
    private final Flavors flavors;

    FlavorExtraSpecsController(Flavors flavors) {
        this.flavors = flavors;
    }

    @GetMapping
    @Allow("compute:flavor:show")
    Shape list(Caller caller, @PathVariable String flavor) {
        return Shape.of("extra_specs", flavors.show(caller, flavor).extraSpecs());
    }

    @PostMapping
    @Allow("compute:flavor:manage")
    Shape add(Caller caller, @PathVariable String flavor, @RequestBody(required = false) @Nullable JsonNode body) {
        Map<String, String> more = Fields.only(body, "extra_specs").asSpecs();
        flavors.changeExtraSpecs(caller, flavor, specs -> {
            specs.putAll(more);
            return specs;
        });
        return Shape.of("extra_specs", more);
    }

    @GetMapping("/{key}")
    @Allow("compute:flavor:show")
    Shape show(Caller caller, @PathVariable String flavor, @PathVariable String key) {
        String value = flavors.show(caller, flavor).extraSpecs().get(key);
        if (value == null) {
            throw notFound(flavor, key);
        }
        return Shape.of(key, value);
    }

    @PutMapping("/{key}")
    @Allow("compute:flavor:manage")
    Shape set(
            Caller caller,
            @PathVariable String flavor,
            @PathVariable String key,
            @RequestBody(required = false) @Nullable JsonNode body) {
        Fields fields = Fields.of(body);
        Map<String, String> one = fields.asSpecs();
        if (one.size() != 1 || !one.containsKey(key)) {
            throw Refusal.invalid("Request body and URI mismatch: the body must hold exactly the key of the address.");
        }
        flavors.changeExtraSpecs(caller, flavor, specs -> {
            specs.putAll(one);
            return specs;
        });
        return Shape.of(key, one.get(key));
    }

    @DeleteMapping("/{key}")
    @Allow("compute:flavor:manage")
    void delete(Caller caller, @PathVariable String flavor, @PathVariable String key) {
        flavors.changeExtraSpecs(caller, flavor, specs -> {
            if (specs.remove(key) == null) {
                throw notFound(flavor, key);
            }
            return specs;
        });
    }

    private static Refusal notFound(String flavor, String key) {
        return Refusal.notFound("Flavor " + flavor + " has no extra specs with key " + key + ".");
    }
}
