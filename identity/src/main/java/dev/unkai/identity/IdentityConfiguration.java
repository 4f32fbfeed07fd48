package dev.unkai.identity;

import dev.unkai.base.access.Policy;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.seal.KeySeal;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.identity.auth.PasswordHash;
import dev.unkai.identity.bootstrap.Bootstrap;
import dev.unkai.identity.factor.FactorSetting;
import dev.unkai.identity.source.SourceRuleLog;
import dev.unkai.identity.source.SourceRuleStore;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.identity.token.SigningKeys;
import dev.unkai.web.Access;
import dev.unkai.web.LedgerClient;
import dev.unkai.web.Sightings;
import dev.unkai.web.TokenGate;
import dev.unkai.web.seal.SealRenewal;
import dev.unkai.web.seal.SealedColumn;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/** How the process is put together where a constructor alone does not say it. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {
    /** Two at a time: each takes 19 MiB while it runs. */
    private static final int HASHES_AT_A_TIME = 2;

    @Bean
    Access access() throws IOException {
        try (InputStream table = IdentityApplication.class.getResourceAsStream("/policy.conf")) {
            return new Access(Policy.parse(Objects.requireNonNull(table)), false);
        }
    }

    @Bean
    LedgerClient ledgerClient(PemFiles pem, @Value("${unkai.ledger-url}") URI ledger, Clock clock) {
        return new LedgerClient(pem, ledger, clock);
    }

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
    TokenGate tokenGate(TokenVerifier verifier, SourceRules rules, Sightings sightings) {
        return new TokenGate(verifier, verifier::hasKeys, rules, sightings);
    }

    /** An address with a slash at its end is the one without, as in the reference: some clients ask for lists that way. */
    @Bean
    FilterRegistrationBean<UrlHandlerFilter> slashesAtTheEnd() {
        FilterRegistrationBean<UrlHandlerFilter> filter =
                new FilterRegistrationBean<>(UrlHandlerFilter.trailingSlashHandler("/identity/v3/**")
                        .wrapRequest()
                        .build());
        // Before anything looks at the address, but with the request id there already.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    /** As the reference: what is answered depends on who asks, in errors too, which a cache must know. */
    @Bean
    FilterRegistrationBean<Filter> varying() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            ((HttpServletResponse) response).addHeader("Vary", "X-Auth-Token");
            chain.doFilter(request, response);
        });
        filter.addUrlPatterns("/identity/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    @Bean
    PasswordHash passwordHash() {
        return new PasswordHash(HASHES_AT_A_TIME);
    }

    @Bean
    FactorSetting factorSetting(IdentitySettings settings) {
        return FactorSetting.parse(settings.identity().secondFactor());
    }

    @Bean
    KeySeal keySeal(IdentitySettings settings) {
        return KeySeal.at(settings.keyFile());
    }

    /** Everything in identity's database that lies sealed; a test looks whether it is. */
    static final List<SealedColumn> SEALED = List.of(
            SealedColumn.anywhere("signing_key", "sealed_key"),
            SealedColumn.anywhere("user_credential", "sealed_blob"),
            SealedColumn.anywhere("factor_enrolment", "sealed_seed"),
            SealedColumn.anywhere("oauth_consumer", "sealed_secret"),
            SealedColumn.anywhere("oauth_request_token", "sealed_secret"),
            SealedColumn.anywhere("oauth_request_token", "sealed_verifier"),
            SealedColumn.anywhere("oauth_access_token", "sealed_secret"),
            SealedColumn.anywhere("identity_provider", "sealed_secret"),
            SealedColumn.anywhere("domain_option", "sealed"),
            new SealedColumn("provider_session", "sealed_token", "'provider_session/' || session_id"),
            new SealedColumn("mail_secret", "sealed", "'mail_secret/' || mail_id || '/' || name"));

    @Bean
    SealRenewal sealRenewal(Transactions transactions, KeySeal seal, Clock clock) {
        return new SealRenewal(transactions, seal, SEALED, "identity", clock);
    }

    @Bean
    SigningKeys signingKeys(Transactions transactions, KeySeal seal, TokenVerifier verifier, Clock clock) {
        SigningKeys keys = new SigningKeys(transactions, seal, verifier, clock);
        keys.step();
        return keys;
    }

    @Bean
    RevocationLog revocationLog(Transactions transactions, Revocations revocations, Clock clock, Wakeups wakeups) {
        RevocationLog log = new RevocationLog(transactions, revocations, clock);
        while (log.step()) {
            // a page at a time: no request is taken before all are known
        }
        // In the thread that committed: whoever takes a token back sees it void in the very next request.
        wakeups.listen(log.channel(), _ -> log.step());
        return log;
    }

    @Bean
    SourceRuleLog sourceRuleLog(Transactions transactions, SourceRuleStore store, SourceRules rules, Wakeups wakeups) {
        SourceRuleLog log = new SourceRuleLog(transactions, store, rules);
        while (log.step()) {
            // a page at a time: no request is taken before all are known
        }
        // In the thread that committed: whoever changes a rule sees it at work in the very next request.
        wakeups.listen(log.channel(), _ -> log.step());
        return log;
    }

    @Bean
    org.springframework.beans.factory.InitializingBean accountsThereBeforeTheFirstRequest(Bootstrap bootstrap) {
        return bootstrap::run;
    }
}
