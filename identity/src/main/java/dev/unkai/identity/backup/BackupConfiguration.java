package dev.unkai.identity.backup;

import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.identity.IdentitySettings;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How backups are put together within the process. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {
    @Bean
    BackupDirectory backupDirectory(IdentitySettings identity, BackupSettings settings) {
        return new BackupDirectory(settings.directoryIn(identity.data()));
    }

    @Bean
    BackupMaker backupMaker(
            @Value("${unkai.database.url}") String url,
            @Value("${unkai.database.system-user}") String user,
            @Value("${unkai.database.system-password}") String password,
            Transactions transactions,
            KeySeal seal,
            BackupDirectory directory,
            Clock clock) {
        return new BackupMaker(new DatabaseAccess(url, user, password), transactions, seal, directory, clock);
    }

    @Bean
    BackupState backupState(
            Transactions transactions, BackupDirectory directory, BackupSettings settings, Clock clock) {
        return new BackupState(transactions, directory, settings, clock);
    }

    @Bean
    BackupSchedule backupSchedule(BackupMaker maker, BackupState state, BackupSettings settings, Clock clock) {
        return new BackupSchedule(maker, state, settings, clock);
    }
}
