package dev.unkai.identity.limit;

import dev.unkai.base.data.Db;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Rows of {@code registered_limit} and {@code project_limit}. */
@Component
final class LimitStore {
    private static final String REGISTERED = """
            select r.id as registered_id, r.service_id, r.region_id, r.resource_name, r.default_limit,
                   r.description as registered_description
              from registered_limit r
            """;
    private static final String LIMIT = """
            select l.id, l.project_id, l.domain_id, l.most, l.description, r.id as registered_id, r.service_id, r.region_id,
                   r.resource_name, r.default_limit, r.description as registered_description
              from project_limit l join registered_limit r on r.id = l.registered_id
              left join project p on p.id = l.project_id
            """;

    /** Which resource is looked for; what is null is not asked for. */
    record Resource(
            @Nullable String serviceId,
            @Nullable String regionId,
            @Nullable String name) {
        static final String SQL = """
                 where (cast(:service as text) is null or r.service_id = :service)
                   and (cast(:region as text) is null or r.region_id = :region)
                   and (cast(:resource as text) is null or r.resource_name = :resource)
                """;

        StatementSpec on(StatementSpec statement) {
            return statement
                    .param("service", serviceId)
                    .param("region", regionId)
                    .param("resource", name);
        }
    }

    List<RegisteredLimit> registered(Db db, Resource resource) {
        return resource.on(db.sql(REGISTERED + Resource.SQL + " order by r.id"))
                .query(LimitStore::readRegistered)
                .list();
    }

    Optional<RegisteredLimit> registered(Db db, String id) {
        return db.sql(REGISTERED + " where r.id = ?")
                .param(id)
                .query(LimitStore::readRegistered)
                .optional();
    }

    /** The one for exactly this resource: without a region it is the one of all regions. */
    Optional<RegisteredLimit> registered(Db db, String serviceId, @Nullable String regionId, String resource) {
        return db.sql(REGISTERED
                        + " where r.service_id = ? and r.region_id is not distinct from ? and r.resource_name = ?")
                .param(serviceId)
                .param(regionId)
                .param(resource)
                .query(LimitStore::readRegistered)
                .optional();
    }

    /** Writes it whether it is there or not. */
    void put(Db db, RegisteredLimit limit) {
        db.sql("""
                        insert into registered_limit (id, service_id, region_id, resource_name, default_limit, description)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (id) do update set service_id = excluded.service_id, region_id = excluded.region_id,
                            resource_name = excluded.resource_name, default_limit = excluded.default_limit,
                            description = excluded.description
                        """)
                .param(limit.id())
                .param(limit.serviceId())
                .param(limit.regionId())
                .param(limit.resource())
                .param(limit.most())
                .param(limit.description())
                .update();
    }

    /** Takes it, so that it stays as it is and no other limit comes to it until the end of the transaction. */
    void hold(Db db, String registeredId) {
        db.sql("select 1 from registered_limit where id = ? for update")
                .param(registeredId)
                .query()
                .listOfRows();
    }

    boolean isUsed(Db db, String registeredId) {
        return db.sql("select exists (select 1 from project_limit where registered_id = ?)")
                .param(registeredId)
                .query(Boolean.class)
                .single();
    }

    void deleteRegistered(Db db, String id) {
        db.sql("delete from registered_limit where id = ?").param(id).update();
    }

    /**
     * @param within only limits of this domain and of its projects; null: of all
     * @param projectId only this project's; null: of all
     * @param domainId only limits of this domain itself; null: of all
     */
    List<Limit> limits(
            Db db, Resource resource, @Nullable String within, @Nullable String projectId, @Nullable String domainId) {
        return resource.on(db.sql(LIMIT + Resource.SQL + """
                           and (cast(:within as text) is null or :within in (p.domain_id, l.domain_id))
                           and (cast(:project as text) is null or l.project_id = :project)
                           and (cast(:domain as text) is null or l.domain_id = :domain)
                         order by l.id
                        """))
                .param("within", within)
                .param("project", projectId)
                .param("domain", domainId)
                .query(LimitStore::read)
                .list();
    }

    Optional<Limit> limit(Db db, String id) {
        return db.sql(LIMIT + " where l.id = ?")
                .param(id)
                .query(LimitStore::read)
                .optional();
    }

    void insert(Db db, Limit limit) {
        db.sql("""
                        insert into project_limit (id, registered_id, project_id, domain_id, most, description)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(limit.id())
                .param(limit.of().id())
                .param(limit.projectId())
                .param(limit.domainId())
                .param(limit.most())
                .param(limit.description())
                .update();
    }

    void update(Db db, Limit limit) {
        db.sql("update project_limit set most = ?, description = ? where id = ?")
                .param(limit.most())
                .param(limit.description())
                .param(limit.id())
                .update();
    }

    void delete(Db db, String id) {
        db.sql("delete from project_limit where id = ?").param(id).update();
    }

    private static RegisteredLimit readRegistered(ResultSet row, int number) throws SQLException {
        return new RegisteredLimit(
                row.getString("registered_id"),
                row.getString("service_id"),
                row.getString("region_id"),
                row.getString("resource_name"),
                row.getInt("default_limit"),
                row.getString("registered_description"));
    }

    private static Limit read(ResultSet row, int number) throws SQLException {
        return new Limit(
                row.getString("id"),
                readRegistered(row, number),
                row.getString("project_id"),
                row.getString("domain_id"),
                row.getInt("most"),
                row.getString("description"));
    }
}
