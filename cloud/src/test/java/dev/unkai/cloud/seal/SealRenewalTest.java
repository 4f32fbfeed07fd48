package dev.unkai.cloud.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.TurnedClock;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.web.seal.SealRenewal;
import dev.unkai.web.seal.SealedColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A key file is renewed: what lasts is sealed by the new key, and the former is retired when nobody seals by it any more. */
class SealRenewalTest {
    private static final SealedColumn THING = new SealedColumn("sealed_thing", "sealed", "'thing/' || id");
    private static final int THINGS = 450;

    @TempDir
    private Path folder;

    private final PostgresFixture.Database database =
            PostgresFixture.database("cloud").migrated();
    private final HikariDataSource pool = database.system().pool("seal", 2);
    private final Transactions transactions = new Transactions(pool, pool, new Wakeups());
    private final TurnedClock clock = new TurnedClock(Instant.parse("2026-11-26T10:00:00Z"));
    private final JdbcClient owner = JdbcClient.create(new SingleConnectionDataSource(
            database.owner().url(), database.owner().user(), database.owner().password(), true));
    private Path file;
    private KeySeal before;

    @BeforeEach
    void keep() {
        file = folder.resolve("cloud.key");
        before = KeySeal.at(file);
        owner.sql("create table sealed_thing (id integer primary key, sealed bytea)")
                .update();
        owner.sql("grant select, update on sealed_thing to \""
                        + database.system().user() + "\"")
                .update();
        for (int id = 0; id < THINGS; id++) {
            owner.sql("insert into sealed_thing (id, sealed) values (?, ?)")
                    .param(id)
                    .param(before.seal("secret " + id, "thing/" + id))
                    .update();
        }
        owner.sql("insert into sealed_thing (id) values (-1)").update();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void everythingIsSealedByTheNewKeyAndTheFormerIsRetiredWhenNobodySealsByItAnyMore() throws Exception {
        SealRenewal old = renewal(before);
        old.step();
        assertThat(retired(before)).isFalse();
        owner.sql("insert into sealed_thing (id, sealed) values (-2, 'of no key at all')")
                .update();
        Files.move(file, KeySeal.former(file));
        KeySeal after = KeySeal.at(file);
        SealRenewal fresh = renewal(after);

        fresh.step();

        KeySeal alone = alone();
        for (int id = 0; id < THINGS; id += 37) {
            assertThat(alone.open(sealed(id), "thing/" + id)).isEqualTo("secret " + id);
            byte[] sealed = sealed(id);
            assertThatThrownBy(() -> before.open(sealed, "x")).isInstanceOf(GeneralSecurityException.class);
        }
        assertThat(owner.sql("select count(*) from sealed_thing")
                        .query(Integer.class)
                        .single())
                .isEqualTo(THINGS + 2);
        assertThat(retired(before)).as("a process seals by it still").isFalse();

        // That process, not yet begun anew, seals once more; then it ends.
        clock.turn(Duration.ofMinutes(8));
        old.step();
        owner.sql("update sealed_thing set sealed = ? where id = 7")
                .param(before.seal("sealed late", "thing/7"))
                .update();
        clock.turn(Duration.ofMinutes(8));
        fresh.step();
        assertThat(alone.open(sealed(7), "thing/7")).isEqualTo("sealed late");
        assertThat(retired(before)).isFalse();
        byte[] settled = sealed(7);
        clock.turn(Duration.ofMinutes(8));
        fresh.step();

        assertThat(sealed(7)).as("nothing is written twice").isEqualTo(settled);
        assertThat(retired(before)).isTrue();
        assertThat(retired(after)).isFalse();
        assertThat(owner.sql("select count(*) from outbox where event::text like '%service/seal-key%'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(Files.exists(KeySeal.former(file)))
                .as("backups from before need it")
                .isTrue();
        fresh.step();

        Files.move(KeySeal.former(file), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        KnownKeys known = new KnownKeys(transactions, clock);
        assertThatThrownBy(() -> known.admit(KeySeal.at(file), file)).hasMessageContaining("was retired");
    }

    @Test
    void noSealedColumnOfTheDatabaseIsForgotten() {
        assertThat(SealConfiguration.COLUMNS.stream().map(SealedColumn::toString))
                .containsExactlyInAnyOrderElementsOf(
                        owner.sql("""
                                select table_name || '.' || column_name from information_schema.columns
                                 where table_schema = 'public' and data_type = 'bytea' and column_name like 'sealed%'
                                   and table_name <> 'sealed_thing'
                                """).query(String.class).list());
    }

    @Test
    void theRealTablesAreGoneThroughAsTheSystemRoleMay() throws Exception {
        Files.move(file, KeySeal.former(file));
        renewal(KeySeal.at(file), SealConfiguration.COLUMNS).step();
        assertThat(owner.sql("select count(*) from seal_key")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private SealRenewal renewal(KeySeal seal) {
        return renewal(seal, List.of(THING));
    }

    private SealRenewal renewal(KeySeal seal, List<SealedColumn> columns) {
        return new SealRenewal(transactions, seal, columns, "cloud", clock);
    }

    /** The seal of somebody who has the present key only. */
    private KeySeal alone() throws Exception {
        Path copy = folder.resolve("copy/cloud.key");
        Files.createDirectories(copy.getParent());
        return KeySeal.existing(Files.copy(file, copy));
    }

    private byte[] sealed(int id) {
        return owner.sql("select sealed from sealed_thing where id = ?")
                .param(id)
                .query(byte[].class)
                .single();
    }

    private boolean retired(KeySeal seal) {
        return owner.sql("select retired_at is not null from seal_key where name = ?")
                .param(seal.names().getFirst())
                .query(Boolean.class)
                .single();
    }
}
