package dev.unkai.cloud.image.api;

import dev.unkai.cloud.image.store.TaskRecords.Task;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Imports as the Image API v2 shows them: in lists, alone, and, in another form of time, below their image. */
final class TaskView {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private TaskView() {}

    static Map<String, @Nullable Object> brief(Task task) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", task.id().toString());
        view.put("type", task.type());
        view.put("status", task.status());
        view.put("owner", task.owner());
        view.put("created_at", time(task.createdAt()));
        view.put("updated_at", time(task.updatedAt()));
        view.put("expires_at", time(task.expiresAt()));
        view.put("self", "/v2/tasks/" + task.id());
        view.put("schema", "/v2/schemas/task");
        return view;
    }

    static Map<String, @Nullable Object> full(Task task) {
        Map<String, @Nullable Object> view = brief(task);
        view.put("image_id", task.imageId().toString());
        view.put("request_id", task.requestId());
        view.put("user_id", task.userId());
        view.put("input", input(task));
        view.put(
                "result",
                task.status().equals("success")
                        ? Map.of("image_id", task.imageId().toString())
                        : null);
        view.put("message", task.message());
        return view;
    }

    /** As the reference's own table has it. */
    static Map<String, @Nullable Object> row(Task task) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>(full(task));
        view.remove("self");
        view.remove("schema");
        view.put("created_at", MICROS.format(task.createdAt()));
        view.put("updated_at", MICROS.format(task.updatedAt()));
        view.put("expires_at", MICROS.format(task.expiresAt()));
        view.put("deleted_at", null);
        view.put("deleted", false);
        return view;
    }

    private static Object input(Task task) {
        if (task.input() != null) {
            return JSON.readTree(task.input());
        }
        return Map.of(
                "image_id",
                task.imageId().toString(),
                "import_req",
                Map.of(
                        "method",
                        task.uri() == null
                                ? Map.of("name", task.method())
                                : Map.of("name", task.method(), "uri", task.uri())),
                "backend",
                Arrays.asList((Object) null)); // there is one store, which has no name
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
