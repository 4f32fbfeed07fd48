package dev.unkai.cloud.seal;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.web.seal.SealRenewal;
import dev.unkai.web.seal.SealedColumn;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The seal of the cloud's secrets. Cloud processes on several machines each have a copy of the one key file. */
@Configuration(proxyBeanMethods = false)
class SealConfiguration {
    @Bean
    KeySeal keySeal(
            @Value("${unkai.seal-key:${unkai.data}/cloud/cloud.key}") Path file,
            Transactions transactions,
            Clock clock) {
        KeySeal seal = KeySeal.at(file);
        new KnownKeys(transactions, clock).admit(seal, file);
        return seal;
    }

    /** Everything in the cloud's database that lies sealed; a test looks whether it is. */
    static final List<SealedColumn> COLUMNS = List.of(
            new SealedColumn("mail_secret", "sealed", "'mail_secret/' || mail_id || '/' || name"),
            new SealedColumn("forwarding", "sealed_key", "'forwarding/' || id"),
            new SealedColumn("forwarding", "sealed_secret", "'forwarding/' || id"),
            new SealedColumn("forwarding", "sealed_former", "'forwarding/' || id"));

    @Bean
    SealRenewal sealRenewal(Transactions transactions, KeySeal seal, Clock clock) {
        return new SealRenewal(transactions, seal, COLUMNS, "cloud", clock);
    }
}
