package dev.unkai.base.data;

import dev.unkai.base.event.OutboxEvent;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** One open transaction: its SQL, its events and the reconcilers it will wake when it commits. */
public final class Db {
    private final JdbcClient jdbc;
    private final Set<String> wakes = new LinkedHashSet<>();

    Db(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A statement with {@code ?} or {@code :name} parameters. */
    public StatementSpec sql(String text) {
        return jdbc.sql(text);
    }

    /** Appends the event to the outbox of this transaction: recorded if and only if the transaction commits. */
    public void record(OutboxEvent event) {
        jdbc.sql("insert into outbox (event, project_id) values (?, ?)")
                .param(event.json())
                .param(event.projectId())
                .update();
        wake("outbox");
    }

    /** Wakes the reconcilers of the channel, in every process, once this transaction has committed. */
    public void wake(String channel) {
        wakes.add(channel);
    }

    Set<String> wakes() {
        return wakes;
    }
}
