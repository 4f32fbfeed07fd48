package dev.unkai.cloud.compute.store;

import dev.unkai.base.data.Db;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Rows of {@code nic_tag}: by which guests are told which of their network cards is which. */
@Component
public class NicTags {
    /** The server's tags by port; a card without one is left out. */
    public Map<UUID, String> of(Db db, UUID server) {
        Map<UUID, String> tags = new HashMap<>();
        db.sql("select port_id, tag from nic_tag where server_id = ?")
                .param(server)
                .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                .list()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    public void tag(Db db, UUID server, UUID port, String project, String tag) {
        db.sql("""
                insert into nic_tag (server_id, port_id, project_id, tag) values (?, ?, ?, ?)
                on conflict (server_id, port_id) do update set tag = excluded.tag
                """).params(server, port, project, tag).update();
    }

    /** The card is pulled out. */
    public void forget(Db db, UUID server, UUID port) {
        db.sql("delete from nic_tag where server_id = ? and port_id = ?")
                .params(server, port)
                .update();
    }
}
