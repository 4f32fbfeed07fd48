package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of {@code network_agent_note}: what operators noted of hosts as network agents. */
@Component
public class AgentNoteStore {
    /** The notes by host; hosts without one are left out. */
    public Map<UUID, String> all(Db db) {
        Map<UUID, String> notes = new HashMap<>();
        db.sql("select host_id, description from network_agent_note").query(row -> {
            notes.put(Columns.uuid(row, "host_id"), row.getString("description"));
        });
        return notes;
    }

    public void set(Db db, UUID host, String description) {
        db.sql("""
                insert into network_agent_note (host_id, description) values (?, ?)
                on conflict (host_id) do update set description = excluded.description
                """).param(host).param(description).update();
    }
}
