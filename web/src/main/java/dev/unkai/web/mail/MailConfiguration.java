package dev.unkai.web.mail;

import dev.unkai.base.Ids;
import dev.unkai.base.data.Transactions;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Outbox and sender of a process whose database has the tables {@code mail} and {@code mail_secret}; a process imports it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
public class MailConfiguration {
    @Bean
    MailOutbox mailOutbox(
            Transactions transactions,
            MailSettings settings,
            @Value("${unkai.public-url}") URI publicUrl,
            Ids ids,
            Clock clock) {
        return new MailOutbox(transactions, settings, publicUrl.toString(), ids, clock);
    }

    @Bean
    MailSender mailSender(
            Transactions transactions,
            MailSettings settings,
            @Value("${unkai.public-url}") URI publicUrl,
            @Value("${spring.application.name}") String process,
            Clock clock) {
        MailRelay relay = settings.isConfigured() ? new MailRelay(settings, settings.sender(publicUrl)) : null;
        return new MailSender(transactions, settings, relay, process, clock);
    }
}
