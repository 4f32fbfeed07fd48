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
    private final Quotas quotas;

    QuotaClassesController(Quotas quotas) {
        this.quotas = quotas;
    }

    @GetMapping
    @Allow("compute:quota:manage")
    Shape show(Caller caller, Microversion version, @PathVariable String name) {
        return set(new Shape().with("id", name), quotas.ofClass(caller, name), version);
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
        QuotaSetsController.refuseForeign(fields, version);
        fields.end();
        return set(new Shape(), quotas.setClass(caller, name, limits), version);
    }

    private static Shape set(Shape set, Map<QuotaResource, Integer> limits, Microversion version) {
        limits.forEach((resource, limit) -> set.when(
                version.atLeast(50)
                        || resource != QuotaResource.SERVER_GROUPS && resource != QuotaResource.SERVER_GROUP_MEMBERS,
                resource.wireName(),
                limit));
        if (version.before(50)) {
            QuotaSetsController.NETWORK.forEach(name -> set.with(name, -1));
        }
        if (version.before(57)) {
            QuotaSetsController.FILES.forEach(set::with);
        }
        return Shape.of("quota_class_set", set);
    }
}
