package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.catalog.RegionStore.Region;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/regions}. */
@RestController
@RequestMapping("/identity/v3/regions")
public final class RegionController {
    private static final String[] FIELDS = {"description", "parent_region_id"};
    private static final int LONGEST_ID = 255;

    private final Regions regions;
    private final Listing listing;

    public RegionController(Regions regions, Listing listing) {
        this.regions = regions;
        this.listing = listing;
    }

    /** A region as the Identity v3 API shows it. */
    record RegionView(
            String id,
            String description,
            @JsonProperty("parent_region_id") @Nullable String parentRegionId,
            Self links,
            @JsonAnyGetter Map<String, JsonNode> extra) {}

    @Allow("identity:catalog:list")
    @GetMapping
    Map<String, Object> list(
            Caller caller,
            @RequestParam(name = "parent_region_id", required = false) @Nullable String parentId,
            HttpServletRequest request) {
        return listing.<Region>whole("regions", regions.list(caller, parentId), this::view, request);
    }

    @Allow("identity:catalog:list")
    @GetMapping("/{id}")
    Map<String, RegionView> show(Caller caller, @PathVariable String id) {
        return Map.of("region", view(regions.show(caller, id)));
    }

    @Allow("identity:catalog:change")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, RegionView> create(Caller caller, @RequestBody JsonNode body) {
        Body region = Body.under(body, "region").refuseNull("id");
        return create(caller, region.optionalText("id", LONGEST_ID), region);
    }

    @Allow("identity:catalog:change")
    @PutMapping("/{id}")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, RegionView> createAt(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body region = Body.under(body, "region").refuseNull("id");
        String own = region.optionalText("id", LONGEST_ID);
        if (own != null && !own.equals(id)) {
            throw Refusal.invalid("Conflicting region IDs specified: the address and the body name two.");
        }
        return create(caller, id, region);
    }

    private Map<String, RegionView> create(Caller caller, @Nullable String id, Body region) {
        return Map.of(
                "region",
                view(regions.create(
                        caller,
                        new Regions.Wanted(
                                id,
                                region.textOrEmpty("description", 255),
                                region.optionalText("parent_region_id", LONGEST_ID),
                                region.beside(FIELDS)))));
    }

    @Allow("identity:catalog:change")
    @PatchMapping("/{id}")
    Map<String, RegionView> update(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        Body region = Body.under(body, "region").saysSomething().refuseNull("id");
        region.sameId(id);
        return Map.of("region", view(regions.update(caller, id, now -> {
            return new Region(
                    id,
                    region.textOrEmpty("description", 255, now.description()),
                    region.has("parent_region_id")
                            ? region.optionalText("parent_region_id", LONGEST_ID)
                            : now.parentId(),
                    now.own(),
                    now.extra().with(region.beside(FIELDS)));
        })));
    }

    @Allow("identity:catalog:change")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        regions.delete(caller, id);
    }

    private RegionView view(Region region) {
        return new RegionView(
                region.id(),
                region.description(),
                region.parentId(),
                listing.self("/regions/" + region.id()),
                region.extra().attributes());
    }
}
