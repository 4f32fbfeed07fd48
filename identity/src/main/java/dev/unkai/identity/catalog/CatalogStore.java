package dev.unkai.identity.catalog;

import dev.unkai.base.data.Db;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.NameFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code service} and {@code endpoint}. */
@Component
public final class CatalogStore {
    /**
     * A service as clients know it by its type.
     *
     * @param own one of this site's own, which follows the configuration
     */
    public record Service(
            String id, String type, String name, String description, boolean enabled, boolean own, Extra extra) {}

    /**
     * One address of a service.
     *
     * @param face public, internal or admin
     * @param url may hold {@code $(project_id)s} and the like
     */
    public record Endpoint(
            String id,
            String serviceId,
            @Nullable String regionId,
            String face,
            String url,
            boolean enabled,
            boolean own,
            Extra extra) {}

    private static final String SERVICE =
            "select s.id, s.type, s.name, s.description, s.enabled, s.own, s.extra from service s";
    private static final String ENDPOINT =
            "select e.id, e.service_id, e.region_id, e.interface, e.url, e.enabled, e.own, e.extra from endpoint e";

    private static final String CHOSEN = """
            select endpoint_id from project_endpoint where project_id = :project
            union
            select x.id from project_endpoint_group p join endpoint_group g on g.id = p.group_id
              join endpoint x on (g.service_id is null or g.service_id = x.service_id)
                             and (g.region_id is null or g.region_id = x.region_id)
                             and (g.interface is null or g.interface = x.interface)
             where p.project_id = :project""";

    public Optional<Service> service(Db db, String id) {
        return db.sql(SERVICE + " where s.id = ?")
                .param(id)
                .query(CatalogStore::readService)
                .optional();
    }

    public List<Service> services(Db db, @Nullable String type, NameFilter name) {
        return name.on(db.sql(SERVICE + " where " + NameFilter.sql("s.name") + """
                           and (cast(:type as text) is null or s.type = :type)
                         order by s.own desc, s.type, s.id
                        """))
                .param("type", type)
                .query(CatalogStore::readService)
                .list();
    }

    /** Writes the service whether it is there or not. */
    public void put(Db db, Service service) {
        db.sql("""
                        insert into service (id, type, name, description, enabled, own, extra)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set type = excluded.type, name = excluded.name,
                            description = excluded.description, enabled = excluded.enabled, own = excluded.own,
                            extra = excluded.extra
                        """)
                .param(service.id())
                .param(service.type())
                .param(service.name())
                .param(service.description())
                .param(service.enabled())
                .param(service.own())
                .param(service.extra().text())
                .update();
    }

    /** With its endpoints. */
    public void deleteService(Db db, String id) {
        db.sql("delete from service where id = ?").param(id).update();
    }

    public Optional<Endpoint> endpoint(Db db, String id) {
        return db.sql(ENDPOINT + " where e.id = ?")
                .param(id)
                .query(CatalogStore::readEndpoint)
                .optional();
    }

    /** Those that a project's catalog has: the ones chosen for it, or all where none are. */
    List<Endpoint> endpointsFor(Db db, String projectId) {
        return db.sql("with chosen (id) as (" + CHOSEN + ") " + ENDPOINT + """
                         where e.id in (select id from chosen) or not exists (select 1 from chosen)
                         order by e.own desc, e.service_id, e.interface, e.id
                        """)
                .param("project", projectId)
                .query(CatalogStore::readEndpoint)
                .list();
    }

    /** Those chosen for a project, alone or by a group. */
    List<Endpoint> chosenEndpoints(Db db, String projectId) {
        return db.sql(ENDPOINT + " where e.id in (" + CHOSEN + ") order by e.id")
                .param("project", projectId)
                .query(CatalogStore::readEndpoint)
                .list();
    }

    public List<Endpoint> endpoints(
            Db db, @Nullable String face, @Nullable String serviceId, @Nullable String regionId) {
        return db.sql(ENDPOINT + """
                         where (cast(:interface as text) is null or e.interface = :interface)
                           and (cast(:service as text) is null or e.service_id = :service)
                           and (cast(:region as text) is null or e.region_id = :region)
                         order by e.own desc, e.service_id, e.interface, e.id
                        """)
                .param("interface", face)
                .param("service", serviceId)
                .param("region", regionId)
                .query(CatalogStore::readEndpoint)
                .list();
    }

    /** Writes the endpoint whether it is there or not; its service and region must be there. */
    public void put(Db db, Endpoint endpoint) {
        db.sql("""
                        insert into endpoint (id, service_id, region_id, interface, url, enabled, own, extra)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set service_id = excluded.service_id, region_id = excluded.region_id,
                            interface = excluded.interface, url = excluded.url, enabled = excluded.enabled,
                            own = excluded.own, extra = excluded.extra
                        """)
                .param(endpoint.id())
                .param(endpoint.serviceId())
                .param(endpoint.regionId())
                .param(endpoint.face())
                .param(endpoint.url())
                .param(endpoint.enabled())
                .param(endpoint.own())
                .param(endpoint.extra().text())
                .update();
    }

    public void deleteEndpoint(Db db, String id) {
        db.sql("delete from endpoint where id = ?").param(id).update();
    }

    private static Service readService(ResultSet row, int number) throws SQLException {
        return new Service(
                row.getString("id"),
                row.getString("type"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("enabled"),
                row.getBoolean("own"),
                Extra.of(row.getString("extra")));
    }

    private static Endpoint readEndpoint(ResultSet row, int number) throws SQLException {
        return new Endpoint(
                row.getString("id"),
                row.getString("service_id"),
                row.getString("region_id"),
                row.getString("interface"),
                row.getString("url"),
                row.getBoolean("enabled"),
                row.getBoolean("own"),
                Extra.of(row.getString("extra")));
    }
}
