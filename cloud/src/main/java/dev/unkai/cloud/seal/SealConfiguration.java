package dev.unkai.cloud.seal;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.seal.KeySeal;
import java.nio.file.Path;
import java.time.Clock;
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
}
