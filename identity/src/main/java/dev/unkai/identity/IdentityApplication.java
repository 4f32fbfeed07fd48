package dev.unkai.identity;

import dev.unkai.web.ProcessConfiguration;
import dev.unkai.web.mail.MailConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** The process that holds accounts, credentials, roles and signing keys, and nothing else. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({ProcessConfiguration.class, MailConfiguration.class})
public class IdentityApplication {
    public static void main(String[] arguments) {
        System.setProperty("unkai.process", "identity");
        SpringApplication.run(IdentityApplication.class, arguments);
    }
}
