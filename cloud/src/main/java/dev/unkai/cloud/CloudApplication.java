package dev.unkai.cloud;

import dev.unkai.base.access.Policy;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.web.Access;
import dev.unkai.web.LedgerClient;
import dev.unkai.web.ProcessConfiguration;
import dev.unkai.web.TokenConfiguration;
import dev.unkai.web.mail.MailConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/** The service: machines, networks, images, their history and the console. Stateless beside PostgreSQL. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import({ProcessConfiguration.class, TokenConfiguration.class, MailConfiguration.class})
public class CloudApplication {
    public static void main(String[] arguments) {
        System.setProperty("unkai.process", "cloud");
        SpringApplication.run(CloudApplication.class, arguments);
    }

    @Bean
    Access access() throws IOException {
        try (InputStream table = CloudApplication.class.getResourceAsStream("/policy.conf")) {
            return new Access(Policy.parse(Objects.requireNonNull(table)), true);
        }
    }

    @Bean
    LedgerClient ledgerClient(PemFiles pem, @Value("${unkai.ledger-url}") URI ledger, Clock clock) {
        return new LedgerClient(pem, ledger, clock);
    }
}
