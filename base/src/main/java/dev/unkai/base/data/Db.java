package dev.unkai.base.data;

import dev.unkai.base.access.Reach;
import dev.unkai.base.access.Scoped;
import dev.unkai.base.event.OutboxEvent;
import dev.unkai.base.event.RecordGuard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** One open transaction: its SQL, its events and the reconcilers it will wake when it commits. */
public final class Db {
    /** @param detail which of the channel's things has changed; empty: any */
    record Wake(String channel, String detail) {}

    private static final String WAKE =
            "select pg_notify(channel, payload) from unnest(?::text[], ?::text[]) x (channel, payload)";
    private static final String RECORD_AND_WAKE = "with recorded as ("
            + "insert into outbox (event, project_id) select * from unnest(?::text[], ?::text[])) " + WAKE;

    private final JdbcClient jdbc;
    private final @Nullable Reach reach;
    private final @Nullable Scoped caller;
    private final RecordGuard guard;
    private final Set<Wake> wakes = new LinkedHashSet<>();
    private final List<OutboxEvent> recorded = new ArrayList<>();
    private final Map<BiConsumer<Db, Set<?>>, Set<Object>> gathered = new LinkedHashMap<>();

    /** @param caller whose work it is, or null for the system's own, which the guard does not look at */
    Db(JdbcClient jdbc, @Nullable Reach reach, @Nullable Scoped caller, RecordGuard guard) {
        this.jdbc = jdbc;
        this.reach = reach;
        this.caller = caller;
        this.guard = guard;
    }

    /** Carries a refused record out of the caller's work, whatever that is. */
    static final class Barred extends RuntimeException {
        private final transient RecordGuard.Refused refused;

        Barred(RecordGuard.Refused refused) {
            super(refused.getMessage(), null, false, false);
            this.refused = refused;
        }

        RecordGuard.Refused refused() {
            return refused;
        }
    }

    /**
     * The only project whose rows row-level security lets this transaction see. Said in a query too, it lets the database choose an index by it,
     * which it cannot by the policy alone.
     */
    public Optional<String> onlyProject() {
        return reach instanceof Reach.Project one ? Optional.of(one.id()) : Optional.empty();
    }

    /** Whether nothing limits this transaction: it is the system's own, or the provider's. */
    public boolean isUnlimited() {
        return reach == null || reach instanceof Reach.Provider;
    }

    /** A statement with {@code ?} or {@code :name} parameters. */
    public StatementSpec sql(String text) {
        return jdbc.sql(text);
    }

    /** Appends the event to the outbox, at the end of this transaction: recorded if and only if it commits. */
    public void record(OutboxEvent wanted) {
        recorded.add(admitted(wanted));
        wake("outbox");
    }

    /**
     * Records the event, or does as much as if it did: whether it is {@code kept} takes the same statements and the same commit, and cannot be told from outside
     * (decision 0107).
     */
    public void record(OutboxEvent wanted, boolean kept) {
        OutboxEvent event = admitted(wanted);
        long id = jdbc.sql("insert into outbox (event, project_id) values (?, ?) returning id")
                .param(event.json())
                .param(event.projectId())
                .query(Long.class)
                .single();
        // No row has a number below nought.
        jdbc.sql("delete from outbox where id = ?").param(kept ? -id : id).update();
        wake("outbox");
    }

    private OutboxEvent admitted(OutboxEvent wanted) {
        if (caller == null) {
            return wanted;
        }
        try {
            return guard.admit(this, caller, wanted);
        } catch (RecordGuard.Refused refused) {
            throw new Barred(refused);
        }
    }

    /**
     * Keeps the items for the end of this transaction, where the writer gets all that were kept for it, each once. For rows that many transactions
     * write: written late and in one order, which is the writer's part, they are held for a moment only and never make two transactions wait for
     * each other.
     *
     * @param writer the same object for all items that belong together
     */
    public <T> void gather(BiConsumer<Db, Set<T>> writer, Collection<T> items) {
        @SuppressWarnings("unchecked") // a writer only ever meets its own items
        BiConsumer<Db, Set<?>> key = (BiConsumer<Db, Set<?>>) (BiConsumer<Db, ?>) writer;
        gathered.computeIfAbsent(key, _ -> new LinkedHashSet<>()).addAll(items);
    }

    /** The transaction's end: what was gathered is written; then, in one statement, the events and the calls to whom they wake. */
    void finish(UnaryOperator<String> payload) {
        gathered.forEach((writer, items) -> writer.accept(this, items));
        gathered.clear();
        if (wakes.isEmpty()) {
            return;
        }
        StatementSpec last = recorded.isEmpty()
                ? jdbc.sql(WAKE)
                : jdbc.sql(RECORD_AND_WAKE)
                        .param(each(recorded, OutboxEvent::json))
                        .param(each(recorded, OutboxEvent::projectId));
        last.param(each(wakes, Wake::channel))
                .param(each(wakes, wake -> payload.apply(wake.detail())))
                .query()
                .listOfRows();
    }

    private static <T> @Nullable String[] each(Collection<T> things, Function<T, @Nullable String> text) {
        return things.stream().map(text).toArray(String[]::new);
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
