package dev.unkai.web;

import dev.unkai.base.Ids;
import dev.unkai.base.data.DatabaseAccess;
import dev.unkai.base.data.Migration;
import dev.unkai.base.data.NotificationListener;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.event.EventSink;
import dev.unkai.base.event.OutboxRelay;
import dev.unkai.base.event.RecordGuard;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.reconcile.ReconcilerLoop;
import dev.unkai.base.tls.PemFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

/** What every process with a database and an HTTP interface consists of; a process imports it and adds its own. */
@Configuration(proxyBeanMethods = false)
@Import({
    RequestFilter.class,
    UntypedBody.class,
    BodyLimitFilter.class,
    NamedIds.class,
    CipherOrder.class,
    ServerCertificate.class,
    WebRules.class,
    HealthController.class,
    RefusalRecorder.class,
    ProofAge.class,
    ViewingRule.class,
    SharedErrors.class,
    FaultAnswers.class,
    LastFilter.class,
    LastAnswer.class,
    SpareMemory.class
})
public class ProcessConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ids ids() {
        return Ids.random();
    }

    /** Spring's JSON mapper takes it in. */
    @Bean
    JacksonModule plainMaps() {
        return new SimpleModule("plain maps").addSerializer(PlainMaps.TYPE, new PlainMaps());
    }

    @Bean
    Wakeups wakeups() {
        return new Wakeups();
    }

    @Bean
    PemFiles pemFiles(
            @Value("${unkai.tls.certificate}") Path certificate,
            @Value("${unkai.tls.key}") Path key,
            @Value("${unkai.tls.authority}") Path authority) {
        return new PemFiles(certificate, key, authority);
    }

    @Bean(destroyMethod = "close")
    com.zaxxer.hikari.HikariDataSource apiPool(Environment environment) {
        DatabaseAccess system = access(environment, "system");
        DatabaseAccess api = access(environment, "api");
        // Migrations run before the first pool opens, so that nothing ever sees an old schema.
        Migration.run(access(environment, "owner"), api.user(), system.user());
        return api.pool(
                processName(environment) + "-api",
                environment.getProperty("unkai.database.api-pool", Integer.class, 8));
    }

    @Bean(destroyMethod = "close")
    com.zaxxer.hikari.HikariDataSource systemPool(
            Environment environment, @Qualifier("apiPool") DataSource migratedFirst) {
        return access(environment, "system")
                .pool(
                        processName(environment) + "-system",
                        environment.getProperty("unkai.database.system-pool", Integer.class, 4));
    }

    @Bean
    Transactions transactions(
            @Qualifier("apiPool") DataSource api,
            @Qualifier("systemPool") DataSource system,
            Wakeups wakeups,
            ObjectProvider<RecordGuard> guard) {
        return new Transactions(api, system, wakeups, guard.getIfAvailable(() -> RecordGuard.NONE));
    }

    @Bean
    OutboxRelay outboxRelay(Transactions transactions, EventSink sink, Environment environment) {
        return new OutboxRelay(transactions, sink, processName(environment));
    }

    /** Starts the reconcilers after everything else is there, and stops them first. */
    @Bean
    SmartLifecycle reconcilers(List<Reconciler> reconcilers, Wakeups wakeups, Environment environment) {
        ReconcilerLoop loop = new ReconcilerLoop(reconcilers, wakeups);
        NotificationListener listener = new NotificationListener(access(environment, "system"), wakeups);
        return new Running(
                () -> {
                    loop.start();
                    listener.start();
                },
                () -> {
                    listener.close();
                    loop.close();
                });
    }

    static String processName(Environment environment) {
        return environment.getRequiredProperty("spring.application.name");
    }

    private static DatabaseAccess access(Environment environment, String role) {
        return new DatabaseAccess(
                environment.getRequiredProperty("unkai.database.url"),
                environment.getRequiredProperty("unkai.database." + role + "-user"),
                environment.getRequiredProperty("unkai.database." + role + "-password"));
    }
}
