package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.compute.QuotaResource;
import dev.unkai.cloud.compute.Quotas;
import dev.unkai.wire.token.Caller;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /os-quota-class-sets}: the class {@code default} holds what projects without limits of their own may use. */
@RestController
@RequestMapping("/compute/v2.1/os-quota-class-sets/{name}")
class QuotaClassesController {
    private static final int LAST_NETWORK = 49;

    private final Quotas quotas;

    QuotaClassesController(Quotas quotas) {
        this.quotas = quotas;
    }

    @GetMapping
    @Allow("compute:quota:manage")
    Shape show(Caller caller, Microversion version, @PathVariable String name) {
        return set(
                new Shape().with("id", name),
                quotas.ofClass(caller, name),
                quotas.storedOfClass(caller, name),
                version);
    }

    @PutMapping
    @Allow("compute:quota:manage")
    Shape update(
            Caller caller,
            Microversion version,
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body) {
        if (!Text.META_VALUE.accepts(name)) {
            throw Refusal.invalid("quota_class_name has more than 255 characters.");
        }
        Fields fields = Fields.only(body, "quota_class_set");
        Map<QuotaResource, Integer> limits = new EnumMap<>(QuotaResource.class);
        for (QuotaResource resource : QuotaResource.values()) {
            if (fields.has(resource.wireName())) {
                limits.put(resource, fields.integer(resource.wireName(), -1, Integer.MAX_VALUE));
            }
        }
        Map<String, Integer> foreign = ForeignQuotas.read(fields, version, LAST_NETWORK);
        fields.end();
        Map<QuotaResource, Integer> all = quotas.setClass(caller, name, limits, foreign);
        return set(new Shape(), all, quotas.storedOfClass(caller, name), version);
    }

    private static Shape set(
            Shape set, Map<QuotaResource, Integer> limits, Map<String, Integer> stored, Microversion version) {
        limits.forEach((resource, limit) -> set.when(
                version.atLeast(LAST_NETWORK + 1)
                        || resource != QuotaResource.SERVER_GROUPS && resource != QuotaResource.SERVER_GROUP_MEMBERS,
                resource.wireName(),
                limit));
        ForeignQuotas.show(set, stored, version, LAST_NETWORK, Quotas.Level::limit);
        return Shape.of("quota_class_set", set);
    }
}
