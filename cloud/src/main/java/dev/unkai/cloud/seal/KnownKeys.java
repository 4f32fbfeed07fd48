package dev.unkai.cloud.seal;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.seal.KeySeal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;

/**
 * Which keys this database's secrets were sealed with. A process with a strange key, because its file was not copied to this machine or not brought
 * back after a loss, would seal what no other opens and give up what it cannot open.
 */
final class KnownKeys {
    private final Transactions transactions;
    private final Clock clock;

    KnownKeys(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Takes the first key there is, and one whose former key is known. Throws IllegalStateException for a strange one. */
    void admit(KeySeal seal, Path file) {
        transactions.doAsSystem(db -> {
            // Two that begin with a key of their own must not both be the first.
            db.sql("select pg_advisory_xact_lock(hashtextextended('seal_key', 0))")
                    .query((_, _) -> true)
                    .single();
            List<String> known =
                    db.sql("select name from seal_key").query(String.class).list();
            List<String> held = seal.names();
            if (!known.isEmpty() && held.stream().noneMatch(known::contains)) {
                throw new IllegalStateException("The key file " + file
                        + " is not the one that this database's secrets are sealed with. Copy that file here from another"
                        + " machine or from your copies. If it is lost for good, what it sealed is lost too:"
                        + " delete from seal_key, start, and have links and secrets made anew.");
            }
            boolean retired = db.sql("select exists (select 1 from seal_key where name = ? and retired_at is not null)")
                    .param(held.getFirst())
                    .query(Boolean.class)
                    .single();
            if (retired) {
                throw new IllegalStateException("The key file " + file
                        + " was retired: this database's secrets are sealed by a newer one. Copy that file here from another"
                        + " machine or from your copies.");
            }
            db.sql("insert into seal_key (name, first_used) values (?, ?) on conflict do nothing")
                    .param(held.getFirst())
                    .param(Timestamp.from(clock.instant()))
                    .update();
        });
    }
}
