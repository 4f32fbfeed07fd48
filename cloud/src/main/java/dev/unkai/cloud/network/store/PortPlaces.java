package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The hosts that guests' ports are on: the one that has the guest, and while it moves the one that it is brought to. */
@Component
public class PortPlaces {
    /** @param next the host that the guest is being brought to while it runs, or null */
    public record Place(UUID host, @Nullable UUID next) {}

    /** Where these ports are, a trunk's subports with their parent; those that are on no host are left out. */
    public Map<UUID, Place> of(Db db, Collection<UUID> ports) {
        Map<UUID, Place> places = new HashMap<>();
        if (!ports.isEmpty()) {
            // Two lookups by key instead of one join on "the parent, else itself", which reads every port there is.
            db.sql("""
                    with placed as (
                        select p.id, p.id as port_id, p.binding_host, p.server_id
                          from port p
                         where p.id = any(?::uuid[]) and not exists (select from trunk_subport s where s.port_id = p.id)
                        union all
                        select s.port_id, h.id, h.binding_host, h.server_id
                          from trunk_subport s join trunk t on t.id = s.trunk_id join port h on h.id = t.port_id
                         where s.port_id = any(?::uuid[]))
                    select p.id, p.binding_host, m.target_host_id
                      from placed p left join port_move m on m.port_id = p.port_id
                     where p.server_id is not null
                       and p.binding_host ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'""")
                    .params(Listing.uuidArray(ports), Listing.uuidArray(ports))
                    .query((row, _) -> places.put(
                            Columns.uuid(row, "id"),
                            new Place(
                                    UUID.fromString(row.getString("binding_host")),
                                    Columns.uuidOrNull(row, "target_host_id"))))
                    .list();
        }
        return places;
    }

    /** Puts the server's ports on a host or takes them off, which ends any move; gives those that changed. */
    public List<UUID> bind(Db db, UUID serverId, @Nullable UUID hostId) {
        String host = hostId == null ? "" : hostId.toString();
        List<UUID> changed =
                db.sql("""
                update port set binding_host = ?, updated_at = now(), revision = revision + 1
                 where server_id = ? and binding_host <> ? returning id""").params(host, serverId, host).query(UUID.class).list();
        db.sql("delete from port_move where port_id = any(?::uuid[])")
                .param(Listing.uuidArray(changed))
                .update();
        return withSubports(db, changed);
    }

    /** The server's ports are about to be on a further host too, or (null) not any more; gives those that changed. */
    public List<UUID> next(Db db, UUID serverId, @Nullable UUID hostId) {
        List<UUID> changed = hostId == null
                ? db.sql(
                                "delete from port_move m using port p where p.id = m.port_id and p.server_id = ? returning p.id")
                        .param(serverId)
                        .query(UUID.class)
                        .list()
                : db.sql("""
                        insert into port_move (port_id, project_id, target_host_id)
                        select id, project_id, ? from port where server_id = ?
                        on conflict (port_id) do update set target_host_id = excluded.target_host_id
                        returning port_id""").params(hostId, serverId).query(UUID.class).list();
        return withSubports(db, changed);
    }

    private static List<UUID> withSubports(Db db, List<UUID> parents) {
        List<UUID> all = new ArrayList<>(parents);
        if (!parents.isEmpty()) {
            all.addAll(db.sql("""
                    select s.port_id from trunk_subport s join trunk t on t.id = s.trunk_id
                     where t.port_id = any(?::uuid[])""")
                    .param(Listing.uuidArray(parents))
                    .query(UUID.class)
                    .list());
        }
        return all;
    }
}
