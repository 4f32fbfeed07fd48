package dev.unkai.web.mail;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.seal.KeySeal;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Outbox and sender of a process whose database has the tables {@code mail} and {@code mail_secret}; a process imports it, and has a key. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
public class MailConfiguration {
    @Bean
    MailOutbox mailOutbox(
            Transactions transactions,
            KeySeal seal,
            MailSettings settings,
            @Value("${unkai.public-url}") URI publicUrl,
            Ids ids,
            Clock clock) {
        return new MailOutbox(transactions, seal, settings, publicUrl.toString(), ids, clock);
    }

    @Bean
    Desk desk(@Value("${unkai.desk-mail:}") String address, @Value("${unkai.desk-language:ja}") String language) {
        return Desk.of(address, language);
    }

    @Bean
    MailSender mailSender(
            Transactions transactions,
            KeySeal seal,
            MailSettings settings,
            @Value("${unkai.public-url}") URI publicUrl,
            @Value("${spring.application.name}") String process,
            Clock clock) {
        MailRelay relay = settings.isConfigured() ? new MailRelay(settings, settings.sender(publicUrl)) : null;
        transactions.doAsSystem(new MailSecrets(seal)::sealWhatLiesOpen);
        return new MailSender(transactions, seal, settings, relay, process, clock);
    }
}
