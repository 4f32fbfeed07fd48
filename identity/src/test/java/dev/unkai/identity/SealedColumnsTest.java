package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.web.seal.SealRenewal;
import dev.unkai.web.seal.SealedColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** After a renewal of identity's key file everything that it had sealed, such as the seeds of one-time codes, is sealed by the new one. */
class SealedColumnsTest {
    @TempDir
    private Path folder;

    @Test
    void everySealedColumnIsSealedAnewAndOpensByTheNewKeyAlone() throws Exception {
        PostgresFixture.Database database = PostgresFixture.database("identity").migrated();
        Path file = folder.resolve("identity.key");
        KeySeal before = KeySeal.at(file);
        try (HikariDataSource pool = database.owner().pool("owner", 1);
                HikariDataSource system = database.system().pool("system", 1)) {
            JdbcClient sql = JdbcClient.create(pool);
            assertThat(IdentityConfiguration.SEALED.stream().map(SealedColumn::toString))
                    .containsExactlyInAnyOrderElementsOf(
                            sql.sql("""
                                    select table_name || '.' || column_name from information_schema.columns
                                     where table_schema = 'public' and data_type = 'bytea' and column_name like 'sealed%'
                                    """).query(String.class).list());
            byte[] seed = before.seal("GEZDGNBVGY3TQOJQ".getBytes(StandardCharsets.UTF_8));
            sql.sql("insert into domain (id, name, description, enabled) values ('d', 'd', '', true)")
                    .update();
            sql.sql("""
                            insert into account (id, domain_id, name, description, enabled) values ('a', 'd', 'kei', '', true)
                            """).update();
            sql.sql("insert into user_credential (id, account_id, type, sealed_blob) values ('c', 'a', 'totp', ?)")
                    .param(seed)
                    .update();
            Files.move(file, KeySeal.former(file));
            KeySeal after = KeySeal.at(file);

            new SealRenewal(
                            new Transactions(system, system, new Wakeups()),
                            after,
                            IdentityConfiguration.SEALED,
                            "identity",
                            Clock.systemUTC())
                    .step();

            Files.delete(KeySeal.former(file));
            byte[] sealed = sql.sql("select sealed_blob from user_credential")
                    .query(byte[].class)
                    .single();
            assertThat(sealed).isNotEqualTo(seed);
            assertThat(KeySeal.existing(file).open(sealed)).asString().isEqualTo("GEZDGNBVGY3TQOJQ");
        }
    }
}
