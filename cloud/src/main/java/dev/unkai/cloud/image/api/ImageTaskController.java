package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.download.DownloadRules;
import dev.unkai.cloud.image.store.Image.ImageAttributes;
import dev.unkai.cloud.image.store.TaskRecords.Task;
import dev.unkai.cloud.image.work.ImageStages;
import dev.unkai.cloud.image.work.ImportTasks;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Image API v2: the records of imports, and the older way for operators to begin one. */
@RestController
final class ImageTaskController {
    private static final Set<String> STATUSES = Set.of("pending", "processing", "success", "failure");
    private static final int DEFAULT_LIMIT = 25;
    private static final int LARGEST_LIMIT = 1_000;

    private final ImportTasks tasks;
    private final ImageStages stages;
    private final DownloadRules rules;
    private final Bodies bodies;

    ImageTaskController(ImportTasks tasks, ImageStages stages, DownloadRules rules, Bodies bodies) {
        this.tasks = tasks;
        this.stages = stages;
        this.rules = rules;
        this.bodies = bodies;
    }

    @Allow("image:image:show")
    @GetMapping("/image/v2/images/{id}/tasks")
    Map<String, Object> ofImage(Caller caller, @PathVariable String id) {
        return Map.of(
                "tasks",
                tasks.ofImage(caller, Bodies.imageId(id)).stream()
                        .map(TaskView::row)
                        .toList());
    }

    @Allow("image:task:show")
    @GetMapping("/image/v2/tasks")
    Map<String, Object> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String marker,
            @RequestParam(name = "sort_dir", defaultValue = "desc") String direction,
            @RequestParam(required = false) @Nullable String limit) {
        if (status != null && !STATUSES.contains(status)) {
            throw Refusal.invalid("Invalid status value: " + status);
        }
        if (type != null && !type.equals("import")) {
            throw Refusal.invalid("Invalid type value: " + type);
        }
        if (!direction.equals("desc") && !direction.equals("asc")) {
            throw Refusal.invalid("Invalid sort direction: " + direction);
        }
        if (marker != null && !Bodies.isId(marker)) {
            throw Refusal.invalid("Invalid marker format");
        }
        int most = limit(limit);
        List<Task> page = tasks.list(
                caller, marker == null ? null : UUID.fromString(marker), direction.equals("desc"), most, status, type);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/v2/tasks");
        if (status != null) {
            address.queryParam("status", status);
        }
        if (type != null) {
            address.queryParam("type", type);
        }
        if (direction.equals("asc")) {
            address.queryParam("sort_dir", direction);
        }
        if (limit != null) {
            address.queryParam("limit", most);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("tasks", page.stream().map(TaskView::brief).toList());
        answer.put("first", address.toUriString());
        if (!page.isEmpty() && page.size() == most) {
            answer.put("next", address.queryParam("marker", page.getLast().id()).toUriString());
        }
        answer.put("schema", "/v2/schemas/tasks");
        return answer;
    }

    @Allow("image:task:show")
    @GetMapping("/image/v2/tasks/{id}")
    Map<String, @Nullable Object> show(Caller caller, @PathVariable String id) {
        if (!Bodies.isId(id)) {
            throw Refusal.notFound("No task found with ID " + id);
        }
        return TaskView.full(tasks.show(caller, UUID.fromString(id)));
    }

    /** An image made and filled by one request, as operators once did it. */
    @Allow("image:task:create")
    @PostMapping("/image/v2/tasks")
    ResponseEntity<Map<String, @Nullable Object>> create(Caller caller, HttpServletRequest request) {
        JsonNode body = bodies.read(request);
        for (String needed : List.of("type", "input")) {
            if (!body.has(needed)) {
                throw Refusal.invalid("Task '" + needed + "' is required");
            }
        }
        JsonNode input = body.path("input");
        if (!"import".equals(body.path("type").asString("")) || !input.isObject()) {
            throw Refusal.invalid(
                    "Provided object does not match schema 'task': the type must be 'import', with an object"
                            + " as its input.");
        }
        for (String needed : List.of("import_from", "import_from_format", "image_properties")) {
            if (!input.has(needed)) {
                throw Refusal.invalid("Input does not contain '" + needed + "' field");
            }
        }
        String uri = uri(input.path("import_from").asString(""));
        ImageEdit edit = new ImageEdit(ImageAttributes.blank(), null);
        if (!input.path("image_properties").isObject()) {
            throw Refusal.invalid("The field 'image_properties' must be an object.");
        }
        if (input.path("image_properties").isEmpty()) {
            edit.set("disk_format", StringNode.valueOf("qcow2"));
            edit.set("container_format", StringNode.valueOf("bare"));
        }
        input.path("image_properties")
                .propertyStream()
                .forEach(property -> edit.set(property.getKey(), property.getValue()));
        UUID task = stages.importNew(caller, edit.owner(), edit.attributes(), uri, input.toString());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.LOCATION, "/v2/tasks/" + task)
                .body(TaskView.full(tasks.show(caller, task)));
    }

    /** In the reference's words for what is no address of the web. */
    private String uri(String uri) {
        if (uri.isEmpty()) {
            throw Refusal.invalid("Invalid location: ");
        }
        if (uri.startsWith("file:///") || uri.startsWith("filesystem:///")) {
            throw Refusal.invalid("File based imports are not allowed. Please use a non-local source of image data.");
        }
        if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
            throw Refusal.invalid("The given uri is not valid. Please specify a valid uri from the following list of"
                    + " supported uri ['http']");
        }
        return rules.checked(uri).toString();
    }

    @Allow("image:task:show")
    @DeleteMapping("/image/v2/tasks/{id}")
    void delete(@PathVariable String id) {
        throw new Refusal(
                Refusal.Kind.METHOD_NOT_ALLOWED,
                "MethodNotAllowed",
                "This operation is currently not permitted on Glance Tasks. They are auto deleted after reaching the time"
                        + " based on their expires_at property.");
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[0-9]{1,9}")) {
            throw Refusal.invalid("limit must be a whole number and not negative.");
        }
        return Math.min(Integer.parseInt(limit), LARGEST_LIMIT);
    }
}
