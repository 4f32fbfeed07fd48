package dev.unkai.identity.source;

import dev.unkai.base.data.Db;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rows of {@code portal_access}. */
@Component
public final class PortalAccessStore {
    /** @param formerPrefixes the contract's own rule while its tunnels' stands in its place */
    record Kept(String kind, String prefix, List<String> formerPrefixes) {}

    Optional<Kept> ofDomain(Db db, String domainId) {
        return db.sql("select kind, prefix, former_prefixes from portal_access where domain_id = ?")
                .param(domainId)
                .query((row, n) -> new Kept(row.getString("kind"), row.getString("prefix"), List.of((String[])
                        row.getArray("former_prefixes").getArray())))
                .optional();
    }

    /** A contract with its way in; one without a row is reached over the Internet. */
    record OfContract(
            String id, String name, String kind, @Nullable String prefix) {}

    List<OfContract> all(Db db) {
        return db.sql("""
                        select d.id, d.name, coalesce(p.kind, 'internet') as kind, p.prefix
                          from domain d left join portal_access p on p.domain_id = d.id order by d.name limit 10000
                        """)
                .query((row, n) -> new OfContract(
                        row.getString("id"), row.getString("name"), row.getString("kind"), row.getString("prefix")))
                .list();
    }

    /** Those of all contracts. */
    List<String> prefixes(Db db) {
        return db.sql("select prefix from portal_access").query(String.class).list();
    }

    /** The contract's own list, which holds outside of its tunnels. */
    void keepFormer(Db db, String domainId, List<String> prefixes, String by) {
        db.sql("""
                        update portal_access set former_prefixes = cast(? as text[]), changed_at = now(), changed_by = ? where domain_id = ?
                        """)
                .param("{" + String.join(",", prefixes) + "}")
                .param(by)
                .param(domainId)
                .update();
    }

    void put(Db db, String domainId, String kind, String prefix, List<String> formerPrefixes, String by) {
        db.sql("""
                        insert into portal_access (domain_id, kind, prefix, former_prefixes, changed_by)
                        values (:domain, :kind, :prefix, cast(:former as text[]), :by)
                        on conflict (domain_id) do update
                           set kind = excluded.kind, prefix = excluded.prefix, former_prefixes = excluded.former_prefixes,
                               changed_at = now(), changed_by = excluded.changed_by
                        """)
                .param("domain", domainId)
                .param("kind", kind)
                .param("prefix", prefix)
                .param("former", "{" + String.join(",", formerPrefixes) + "}")
                .param("by", by)
                .update();
    }
}
