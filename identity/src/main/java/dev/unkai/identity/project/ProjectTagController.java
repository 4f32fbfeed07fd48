package dev.unkai.identity.project;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Tags;
import dev.unkai.wire.token.Caller;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v3/projects/{id}/tags}. */
@RestController
@RequestMapping("/identity/v3/projects/{id}/tags")
public final class ProjectTagController {
    private final Projects projects;
    private final Listing listing;

    public ProjectTagController(Projects projects, Listing listing) {
        this.projects = projects;
        this.listing = listing;
    }

    @Allow("identity:project:show")
    @GetMapping
    Map<String, Object> list(Caller caller, @PathVariable String id) {
        return view(id, projects.show(caller, id).tags());
    }

    @Allow("identity:project:update")
    @PutMapping
    Map<String, Object> replace(Caller caller, @PathVariable String id, @RequestBody JsonNode body) {
        List<String> tags = tags(body);
        return view(id, projects.retag(caller, id, _ -> tags).tags());
    }

    @Allow("identity:project:update")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(Caller caller, @PathVariable String id) {
        projects.retag(caller, id, _ -> List.of());
    }

    @Allow("identity:project:show")
    @GetMapping("/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void check(Caller caller, @PathVariable String id, @PathVariable String tag) {
        if (!projects.show(caller, id).tags().contains(tag)) {
            throw absent(tag);
        }
    }

    @Allow("identity:project:update")
    @PutMapping("/{tag}")
    ResponseEntity<Void> add(Caller caller, @PathVariable String id, @PathVariable String tag) {
        projects.retag(caller, id, now -> {
            List<String> tags = new ArrayList<>(now);
            if (!tags.contains(tag)) {
                tags.add(tag);
            }
            return Tags.checked(tags);
        });
        String address = listing.url("/projects/" + id + "/tags/" + URLEncoder.encode(tag, StandardCharsets.UTF_8));
        return ResponseEntity.created(URI.create(address)).build();
    }

    @Allow("identity:project:update")
    @DeleteMapping("/{tag}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String id, @PathVariable String tag) {
        projects.retag(caller, id, now -> {
            if (!now.contains(tag)) {
                throw absent(tag);
            }
            return now.stream().filter(other -> !other.equals(tag)).toList();
        });
    }

    private static Refusal absent(String tag) {
        return Refusal.notFound("Could not find project tag: " + tag + ".");
    }

    private Map<String, Object> view(String id, List<String> tags) {
        return Map.of("tags", tags, "links", listing.self("/projects/" + id + "/tags"));
    }

    private static List<String> tags(@Nullable JsonNode body) {
        JsonNode given = body == null ? null : body.get("tags");
        if (given == null || !given.isArray()) {
            throw Refusal.invalid("The field \"tags\" must be a list.");
        }
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : given) {
            if (!tag.isString() || !dev.unkai.identity.api.Texts.isStorable(tag.stringValue())) {
                throw Refusal.invalid("Each of \"tags\" must be a text.");
            }
            tags.add(tag.stringValue());
        }
        return Tags.checked(tags);
    }
}
