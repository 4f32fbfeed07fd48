package dev.unkai.cloud.network.store;

import dev.unkai.base.data.Db;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lifts a request's limit to its own project for one question that only the whole estate can answer: which addresses of a shared network
 * are taken, whether somebody still uses this network. What is found this way must not be shown to the caller.
 */
public final class Estate {
    private Estate() {}

    /** Runs the work unlimited. When it throws, the transaction is to be rolled back, and the limit is not restored. */
    public static <T extends @Nullable Object> T whole(Db db, Supplier<T> work) {
        if (db.isUnlimited()) {
            return work.get();
        }
        // One round trip: the old value is read before the new one is set, as the list is worked off in order.
        String before = db.sql("""
                        select coalesce(current_setting('unkai.reach', true), '') as before,
                               set_config('unkai.reach', 'provider', true)""").query((row, _) -> row.getString("before")).single();
        if (before.equals("provider")) {
            return work.get();
        }
        T result = work.get();
        set(db, before);
        return result;
    }

    public static void doWhole(Db db, Runnable work) {
        Estate.<@Nullable Void>whole(db, () -> {
            work.run();
            return null;
        });
    }

    private static void set(Db db, String reach) {
        db.sql("select set_config('unkai.reach', ?, true)").param(reach).query().singleRow();
    }
}
