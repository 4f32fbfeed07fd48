package dev.unkai.base.data;

import dev.unkai.base.access.Reach;
import dev.unkai.base.event.OutboxEvent;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** One open transaction: its SQL, its events and the reconcilers it will wake when it commits. */
public final class Db {
    /** @param detail which of the channel's things has changed; empty: any */
    record Wake(String channel, String detail) {}

    private final JdbcClient jdbc;
    private final @Nullable Reach reach;
    private final Set<Wake> wakes = new LinkedHashSet<>();

    Db(JdbcClient jdbc, @Nullable Reach reach) {
        this.jdbc = jdbc;
        this.reach = reach;
    }

    /**
     * The only project whose rows row-level security lets this transaction see. Said in a query too, it lets the database choose an index by it,
     * which it cannot by the policy alone.
     */
    public Optional<String> onlyProject() {
        return reach instanceof Reach.Project one ? Optional.of(one.id()) : Optional.empty();
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
        wake(channel, "");
    }

    /** Like {@link #wake(String)}, and says which of the channel's things has changed, so that nobody has to look for it. */
    public void wake(String channel, String detail) {
        wakes.add(new Wake(channel, detail));
    }

    Set<Wake> wakes() {
        return wakes;
    }
}
