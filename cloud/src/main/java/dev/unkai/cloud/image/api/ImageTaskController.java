package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.store.TaskRecords.Task;
import dev.unkai.cloud.image.work.ImportTasks;
import dev.unkai.wire.token.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Image API v2: the records of imports. Nothing is started here: what the reference once began by a task begins by an import. */
@RestController
final class ImageTaskController {
    private static final Set<String> STATUSES = Set.of("pending", "processing", "success", "failure");
    private static final int DEFAULT_LIMIT = 25;
    private static final int LARGEST_LIMIT = 1_000;

    private final ImportTasks tasks;

    ImageTaskController(ImportTasks tasks) {
        this.tasks = tasks;
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
        // Those that are kept have all succeeded, and none is of the old type "import".
        List<Task> page = type != null || (status != null && !status.equals(TaskView.STATUS))
                ? List.of()
                : tasks.list(caller, marker == null ? null : UUID.fromString(marker), direction.equals("desc"), most);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/v2/tasks");
        if (status != null) {
            address.queryParam("status", status);
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
    Map<String, Object> show(Caller caller, @PathVariable String id) {
        if (!Bodies.isId(id)) {
            throw Refusal.notFound("No task found with ID " + id);
        }
        return TaskView.full(tasks.show(caller, UUID.fromString(id)));
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
