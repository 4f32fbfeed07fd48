package dev.unkai.cloud.seal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKeysTest {
    @TempDir
    private Path folder;

    @Test
    void aProcessWithAStrangeKeyDoesNotStartAndOneWithARenewedKeyDoes() throws Exception {
        PostgresFixture.Database database = PostgresFixture.database("cloud").migrated();
        try (HikariDataSource pool = database.system().pool("seal", 1)) {
            KnownKeys known = new KnownKeys(new Transactions(pool, pool, new Wakeups()), Clock.systemUTC());
            Path file = folder.resolve("cloud.key");
            known.admit(KeySeal.at(file), file);
            known.admit(KeySeal.at(file), file);

            Path elsewhere = folder.resolve("another-machine/cloud.key");
            assertThatThrownBy(() -> known.admit(KeySeal.at(elsewhere), elsewhere))
                    .hasMessageContaining("Copy that file here")
                    .hasMessageContaining(elsewhere.toString());

            Files.move(file, KeySeal.former(file));
            known.admit(KeySeal.at(file), file);
            // Nothing is sealed with it any more, and it went.
            Files.delete(KeySeal.former(file));
            assertThatCode(() -> known.admit(KeySeal.at(file), file)).doesNotThrowAnyException();
        }
    }
}
