package dev.unkai.cloud.compute;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.store.ServerSearch;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The servers of a project in a few words, for pictures of the whole. */
@Component
public class ServerOutlines {
    /** @param status as the Compute API says it, such as {@code ACTIVE} */
    public record Outline(UUID id, String name, String status) {}

    /** All servers of the project that the caller may see, oldest first; at most as many as given. */
    public List<Outline> of(Db db, String project, int most) {
        return new ServerSearch()
                .project(project).page(null, most).run(db).stream()
                        .map(server -> new Outline(
                                server.id(),
                                server.naming().name(),
                                server.state().status().toString()))
                        .toList();
    }
}
