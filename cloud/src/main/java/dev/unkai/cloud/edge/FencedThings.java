package dev.unkai.cloud.edge;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.web.OthersThings;
import dev.unkai.wire.token.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * All that customers own: every table with an id and a project whose rows are fenced (row-level security). What is there for the system, of another
 * project, and not for the caller, is another customer's.
 */
@Component
final class FencedThings implements OthersThings {
    private static final String FENCED = """
            select c.relname from pg_class c
             where c.relrowsecurity and c.relkind = 'r'
               and exists (select 1 from pg_attribute a
                            where a.attrelid = c.oid and a.attname = 'id' and a.atttypid = 'uuid'::regtype)
               and exists (select 1 from pg_attribute a
                            where a.attrelid = c.oid and a.attname = 'project_id' and not a.attisdropped)
             order by c.relname
            """;

    private final Transactions transactions;
    private final Supplier<String> query;

    FencedThings(Transactions transactions) {
        this.transactions = transactions;
        this.query = SingletonSupplier.of(this::query);
    }

    @Override
    public boolean isAnyOf(Caller caller, Set<UUID> ids) {
        // Both are asked whatever the first says: how long it takes must not tell.
        Set<UUID> others = transactions.asSystem(db -> found(db, caller, ids));
        Set<UUID> shown = transactions.asCaller(caller, db -> found(db, caller, ids));
        return !shown.containsAll(others);
    }

    /** Those that are another project's and seen in this transaction. */
    private Set<UUID> found(Db db, Caller caller, Set<UUID> ids) {
        return new HashSet<>(db.sql(query.get())
                .param("ids", ids.toArray(UUID[]::new))
                .param("project", String.valueOf(caller.projectOrNull()))
                .query(UUID.class)
                .list());
    }

    private String query() {
        List<String> tables =
                transactions.asSystem(db -> db.sql(FENCED).query(String.class).list());
        return tables.stream()
                .map(table -> "select id from \"" + table + "\" where id = any (:ids) and project_id <> :project")
                .collect(Collectors.joining(" union all "));
    }
}
