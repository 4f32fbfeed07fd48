package dev.unkai.ledger;

import dev.unkai.base.access.Policy;
import dev.unkai.base.event.EventSink;
import dev.unkai.web.Access;
import dev.unkai.web.ProcessConfiguration;
import dev.unkai.web.TokenGate;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenVerifier;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The log of everything that happened: append-only, reached by the other processes only, over mutual TLS. */
@SpringBootApplication
@Import(ProcessConfiguration.class)
public class LedgerApplication {
    public static void main(String[] arguments) {
        System.setProperty("unkai.process", "ledger");
        SpringApplication.run(LedgerApplication.class, arguments);
    }

    /** No token opens anything here: the table of actions is empty. */
    @Bean
    Access access() {
        return new Access(Policy.parse(InputStream.nullInputStream()), false);
    }

    @Bean
    TokenGate tokenGate(Clock clock) {
        return new TokenGate(new TokenVerifier(clock, new Revocations()));
    }

    @Bean
    LedgerKeys ledgerKeys(@Value("${unkai.data}") Path data) {
        return LedgerKeys.at(data.resolve("ledger").resolve("ledger.key"));
    }

    @Bean
    Anchor anchor(@Value("${unkai.data}") Path data) {
        return new Anchor(data.resolve("ledger").resolve("last-round"));
    }

    /** The ledger's own events take the same way as everybody's, without the wire. */
    @Bean
    EventSink eventSink(EventLog log) {
        return log::append;
    }
}
