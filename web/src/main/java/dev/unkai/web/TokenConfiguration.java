package dev.unkai.web;

import dev.unkai.base.tls.PemFiles;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Token checking and the ledger for the processes that are neither identity nor ledger themselves. */
@Configuration(proxyBeanMethods = false)
public class TokenConfiguration {
    @Bean
    Revocations revocations() {
        return new Revocations();
    }

    @Bean
    TokenVerifier tokenVerifier(Clock clock, Revocations revocations) {
        return new TokenVerifier(clock, revocations);
    }

    @Bean
    SourceRules sourceRules() {
        return new SourceRules();
    }

    @Bean
    Sightings sightings(Clock clock) {
        return new Sightings(clock);
    }

    @Bean
    TokenGate tokenGate(TokenVerifier verifier, IdentityFeed feed, SourceRules sourceRules, Sightings sightings) {
        return new TokenGate(verifier, feed::ready, sourceRules, sightings);
    }

    @Bean
    IdentityFeed identityFeed(
            PemFiles pem,
            @Value("${unkai.identity-url}") URI identity,
            @Value("${unkai.data}") Path data,
            @Value("${spring.application.name}") String process,
            TokenVerifier verifier,
            Revocations revocations,
            SourceRules sourceRules,
            Sightings sightings) {
        return new IdentityFeed(
                pem.sslContext(),
                identity,
                data.resolve("cache"),
                process,
                verifier,
                revocations,
                sourceRules,
                sightings);
    }

    @Bean
    SmartLifecycle identityFeedRunning(IdentityFeed feed) {
        return Running.aroundRequests(feed::start, feed::close);
    }
}
