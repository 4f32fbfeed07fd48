package dev.unkai.identity.catalog;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code endpoint_group}, and which endpoints and groups are chosen for which projects. */
@Component
public final class EndpointGroupStore {
    private static final String SELECT =
            "select g.id, g.name, g.description, g.service_id, g.region_id, g.interface from endpoint_group g";

    /** What can be chosen for a project, and where that stands. */
    public enum Choice {
        ENDPOINT("project_endpoint", "endpoint_id"),
        GROUP("project_endpoint_group", "group_id");

        private final String table;
        private final String column;

        Choice(String table, String column) {
            this.table = table;
            this.column = column;
        }
    }

    public Optional<EndpointGroup> byId(Db db, String id) {
        return db.sql(SELECT + " where g.id = ?")
                .param(id)
                .query(EndpointGroupStore::read)
                .optional();
    }

    public List<EndpointGroup> list(Db db, @Nullable String name) {
        return db.sql(SELECT + " where cast(:name as text) is null or g.name = :name order by g.id")
                .param("name", name)
                .query(EndpointGroupStore::read)
                .list();
    }

    public List<EndpointGroup> ofProject(Db db, String projectId) {
        return db.sql(SELECT
                        + " join project_endpoint_group p on p.group_id = g.id where p.project_id = ? order by g.id")
                .param(projectId)
                .query(EndpointGroupStore::read)
                .list();
    }

    /** Writes the group whether it is there or not. */
    public void put(Db db, EndpointGroup group) {
        db.sql("""
                        insert into endpoint_group (id, name, description, service_id, region_id, interface)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set name = excluded.name, description = excluded.description,
                            service_id = excluded.service_id, region_id = excluded.region_id,
                            interface = excluded.interface
                        """)
                .param(group.id())
                .param(group.name())
                .param(group.description())
                .param(group.serviceId())
                .param(group.regionId())
                .param(group.face())
                .update();
    }

    /** It is then chosen for no project any more. */
    public void delete(Db db, String id) {
        db.sql("delete from endpoint_group where id = ?").param(id).update();
    }

    /** False when it was chosen already. */
    boolean choose(Db db, Choice what, String id, String projectId) {
        return db.sql("insert into %s (project_id, %s) values (?, ?) on conflict do nothing"
                                .formatted(what.table, what.column))
                        .param(projectId)
                        .param(id)
                        .update()
                == 1;
    }

    /** False when it was not chosen. */
    boolean withdraw(Db db, Choice what, String id, String projectId) {
        return db.sql("delete from %s where project_id = ? and %s = ?".formatted(what.table, what.column))
                        .param(projectId)
                        .param(id)
                        .update()
                == 1;
    }

    boolean isChosen(Db db, Choice what, String id, String projectId) {
        return projects(db, what, id).contains(projectId);
    }

    /** The projects that it is chosen for. */
    List<String> projects(Db db, Choice what, String id) {
        return db.sql("select project_id from %s where %s = ? order by project_id".formatted(what.table, what.column))
                .param(id)
                .query(String.class)
                .list();
    }

    private static EndpointGroup read(ResultSet row, int number) throws SQLException {
        return new EndpointGroup(
                row.getString("id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("service_id"),
                row.getString("region_id"),
                row.getString("interface"));
    }
}
