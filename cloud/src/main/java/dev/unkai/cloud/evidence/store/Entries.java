package dev.unkai.cloud.evidence.store;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.evidence.Entry;
import dev.unkai.cloud.evidence.Hold.Person;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows of a history that only grows, of requests or of packages.
 *
 * @param table where they stand
 * @param owner its column that names whose line it is
 */
record Entries(String table, String owner) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    /** Oldest first. */
    List<Entry> of(Db db, UUID id) {
        return db.sql("select * from " + table + " where " + owner + " = ? order by id")
                .param(id)
                .query((row, _) -> new Entry(
                        row.getTimestamp("at").toInstant(),
                        new Person(row.getString("by_id"), row.getString("by_name")),
                        row.getString("action"),
                        JSON.readValue(row.getString("facts"), FACTS)))
                .list();
    }

    void add(Db db, UUID id, Person by, String action, Map<String, String> facts) {
        db.sql("insert into " + table + " (" + owner + ", by_id, by_name, action, facts) values (?, ?, ?, ?, ?::jsonb)")
                .param(id)
                .param(by.id())
                .param(by.name())
                .param(action)
                .param(JSON.writeValueAsString(facts))
                .update();
    }
}
