package dev.unkai.identity.domain;

import dev.unkai.base.data.Db;
import dev.unkai.base.seal.KeySeal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code domain_option}; what is secret is sealed on its way in and not read again. */
@Component
final class DomainOptionStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeySeal seal;

    DomainOptionStore(KeySeal seal) {
        this.seal = seal;
    }

    /** @param value null for a secret */
    record Option(String family, String name, @Nullable JsonNode value) {}

    /** Those of the family, of all when it is null; the same for the name. */
    List<Option> list(Db db, String domainId, @Nullable String family, @Nullable String name) {
        return db.sql("""
                        select family, name, value from domain_option
                         where domain_id = :domain and (cast(:family as text) is null or family = :family)
                           and (cast(:name as text) is null or name = :name)
                         order by family, name
                        """)
                .param("domain", domainId)
                .param("family", family)
                .param("name", name)
                .query((row, number) -> {
                    String value = row.getString("value");
                    return new Option(
                            row.getString("family"),
                            row.getString("name"),
                            value == null ? null : JSON.readTree(value));
                })
                .list();
    }

    /** Writes the option whether it is there or not. */
    void put(Db db, String domainId, String family, String name, JsonNode value) {
        String text = JSON.writeValueAsString(value);
        boolean secret = DomainOptions.isSecret(family, name);
        db.sql("""
                        insert into domain_option (domain_id, family, name, value, sealed) values (?, ?, ?, ?, ?)
                        on conflict (domain_id, family, name)
                            do update set value = excluded.value, sealed = excluded.sealed
                        """)
                .param(domainId)
                .param(family)
                .param(name)
                .param(secret ? null : text)
                .param(secret ? seal.seal(text.getBytes(StandardCharsets.UTF_8)) : null)
                .update();
    }

    /** As {@link #list} chooses them. */
    void delete(Db db, String domainId, @Nullable String family, @Nullable String name) {
        db.sql("""
                        delete from domain_option
                         where domain_id = :domain and (cast(:family as text) is null or family = :family)
                           and (cast(:name as text) is null or name = :name)
                        """)
                .param("domain", domainId)
                .param("family", family)
                .param("name", name)
                .update();
    }
}
