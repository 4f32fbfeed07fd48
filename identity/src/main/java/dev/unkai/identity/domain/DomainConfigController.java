package dev.unkai.identity.domain;

import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.wire.token.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/domains/{id}/config}, as a whole, by family ("group" in the API) and by option; and the defaults. */
@RestController
@RequestMapping("/identity/v3/domains")
public final class DomainConfigController {
    private static final String WHOLE = "/{id}/config";
    private static final String FAMILY = WHOLE + "/{group}";
    private static final String OPTION = FAMILY + "/{option}";
    private static final String SECURITY = WHOLE + "/" + DomainOptions.SECURITY;

    private final DomainConfigs configs;

    public DomainConfigController(DomainConfigs configs) {
        this.configs = configs;
    }

    @Allow("identity:domain-config:show")
    @GetMapping({"/config/default", "/config/{group}/default", "/config/{group}/{option}/default"})
    Map<String, Map<String, JsonNode>> defaults(
            @PathVariable(required = false) @Nullable String group,
            @PathVariable(required = false) @Nullable String option) {
        return view(DomainOptions.defaults(group, option));
    }

    /** What everybody may know before choosing a password. */
    @Allow(Allow.ANY_TOKEN)
    @GetMapping({SECURITY, SECURITY + "/{option}"})
    Map<String, Map<String, JsonNode>> security(
            @PathVariable String id, @PathVariable(required = false) @Nullable String option) {
        return view(DomainOptions.security(id, option));
    }

    @Allow("identity:domain-config:show")
    @GetMapping({WHOLE, FAMILY, OPTION})
    Map<String, Map<String, JsonNode>> show(
            Caller caller,
            @PathVariable String id,
            @PathVariable(required = false) @Nullable String group,
            @PathVariable(required = false) @Nullable String option) {
        return view(configs.show(caller, id, group, option));
    }

    @Allow("identity:domain-config:change")
    @PutMapping(WHOLE)
    ResponseEntity<Map<String, Map<String, JsonNode>>> replace(
            Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        DomainConfigs.Written written = configs.replace(caller, id, read(body));
        return ResponseEntity.status(written.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(view(written.config()));
    }

    @Allow("identity:domain-config:change")
    @PatchMapping({WHOLE, FAMILY, OPTION})
    Map<String, Map<String, JsonNode>> update(
            Caller caller,
            @PathVariable String id,
            @PathVariable(required = false) @Nullable String group,
            @PathVariable(required = false) @Nullable String option,
            @RequestBody JsonNode body) {
        return view(configs.update(caller, id, read(body), group, option));
    }

    @Allow("identity:domain-config:change")
    @DeleteMapping({WHOLE, FAMILY, OPTION})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String id,
            @PathVariable(required = false) @Nullable String group,
            @PathVariable(required = false) @Nullable String option) {
        configs.delete(caller, id, group, option);
    }

    private static Map<String, JsonNode> read(JsonNode body) {
        return Body.under(body, "config").beside().attributes();
    }

    private static Map<String, Map<String, JsonNode>> view(Map<String, JsonNode> config) {
        return Map.of("config", config);
    }
}
