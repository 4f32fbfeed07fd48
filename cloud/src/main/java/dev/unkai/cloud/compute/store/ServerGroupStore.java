package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.compute.ServerGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code server_group}; members are the living servers that name it. */
@Component
public class ServerGroupStore {
    private static final String COLUMNS = """
            select g.id, g.project_id, g.user_id, g.name, g.policy, g.rules,
                   array(select s.id from server s where s.server_group_id = g.id and s.terminated_at is null
                          order by s.created_at, s.id) as members
              from server_group g""";

    public Optional<ServerGroup> find(Db db, UUID id) {
        return db.sql(COLUMNS + " where g.id = ?")
                .param(id)
                .query(ServerGroupStore::read)
                .optional();
    }

    /** Oldest first; a null project means all. */
    public List<ServerGroup> list(Db db, @Nullable String project, int offset, int limit) {
        return db.sql(COLUMNS
                        + " where (?::text is null or g.project_id = ?) order by g.created_at, g.id offset ? limit ?")
                .param(project)
                .param(project)
                .param(offset)
                .param(limit)
                .query(ServerGroupStore::read)
                .list();
    }

    public void insert(Db db, ServerGroup group, Instant at) {
        db.sql("insert into server_group values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        group.id(),
                        group.projectId(),
                        group.userId(),
                        group.name(),
                        group.policy(),
                        Columns.json(group.rules()),
                        Columns.timestamp(at))
                .update();
    }

    public void delete(Db db, UUID id) {
        db.sql("delete from server_group where id = ?").param(id).update();
    }

    private static ServerGroup read(ResultSet row, int number) throws SQLException {
        Map<String, Integer> rules = Columns.map(row, "rules").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Integer.valueOf(entry.getValue())));
        return new ServerGroup(
                row.getObject("id", UUID.class),
                row.getString("project_id"),
                row.getString("user_id"),
                row.getString("name"),
                row.getString("policy"),
                rules,
                List.of((UUID[]) row.getArray("members").getArray()));
    }
}
