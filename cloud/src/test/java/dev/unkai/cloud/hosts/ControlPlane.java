package dev.unkai.cloud.hosts;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.Ids;
import dev.unkai.base.data.NotificationListener;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.reconcile.ReconcilerLoop;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.console.ConsoleSessions;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.image.Snapshots;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.placement.Placement;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.token.Revocations;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.filter.AssignableTypeFilter;

/**
 * One cloud process as far as hosts and servers go: the production parts on a real database, without HTTP. Several may
 * run on one database; closing one is what a kill looks like to the others.
 */
public final class ControlPlane implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final HikariDataSource api;
    private final HikariDataSource system;
    private final FaultyPool faulty;
    private final ReconcilerLoop loop;
    private final NotificationListener listener;

    public ControlPlane(PostgresFixture.Database database, PemFiles pem, int nodePort, UUID image, byte[] content) {
        api = database.api().pool("api", 4);
        system = database.system().pool("system", 6);
        faulty = new FaultyPool(system);
        Wakeups wakeups = new Wakeups();
        Transactions transactions = new Transactions(api, faulty.dataSource(), wakeups);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "unkai.node-port",
                                nodePort,
                                "unkai.public-url",
                                "https://cloud.example:8443",
                                "unkai.hosts.silence",
                                "2s")));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.registerBean(Transactions.class, () -> transactions);
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(Ids.class, Ids::random);
        context.registerBean(PemFiles.class, () -> pem);
        context.registerBean(Revocations.class, Revocations::new);
        context.registerBean(SourceRules.class, SourceRules::new);
        context.registerBean(Images.class, () -> Neighbours.images(image, content));
        context.registerBean(Ports.class, Neighbours::ports);
        context.registerBean(
                FirewallObserver.class, () -> (db, host, packets) -> {}); // no guest of these tests has a log
        context.registerBean(PasswordObserver.class, () -> (db, guest, password) -> false); // nor leaves one a password
        context.registerBean(LogInObserver.class, () -> (db, host, logIns) -> {}); // and nobody logs in on their hosts
        context.registerBean(ServerStore.class);
        context.registerBean(InstanceActions.class);
        context.registerBean(dev.unkai.cloud.compute.store.ServerProgress.class);
        context.registerBean(dev.unkai.cloud.compute.store.ServerDisks.class);
        context.registerBean(dev.unkai.cloud.compute.store.MigrationStore.class);
        context.registerBean(Snapshots.class, () -> Neighbours.snapshots());
        context.registerBean(dev.unkai.cloud.compute.store.DeletionStore.class);
        context.registerBean(dev.unkai.cloud.compute.store.RescueStore.class);
        context.registerBean(dev.unkai.cloud.compute.store.NicTags.class);
        context.registerBean(dev.unkai.cloud.compute.store.MetadataChanges.class);
        context.registerBean(EvidenceSink.class, NoEvidence::new);
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.addExcludeFilter(
                new AssignableTypeFilter(org.springframework.web.socket.config.annotation.WebSocketConfigurer.class));
        // Hosts are emptied by the customers' operations, which are not here.
        scanner.addExcludeFilter(new org.springframework.core.type.filter.RegexPatternTypeFilter(
                java.util.regex.Pattern.compile(".*\\.reconcile\\.Drain(Reconciler|Steps)")));
        scanner.scan("dev.unkai.cloud.hosts", "dev.unkai.cloud.placement", "dev.unkai.cloud.compute.reconcile");
        context.refresh();
        ObjectProvider<Reconciler> reconcilers = context.getBeanProvider(Reconciler.class);
        loop = new ReconcilerLoop(reconcilers.stream().toList(), wakeups);
        listener = new NotificationListener(database.system(), wakeups);
        loop.start();
        listener.start();
    }

    public FaultyPool faulty() {
        return faulty;
    }

    public Transactions transactions() {
        return context.getBean(Transactions.class);
    }

    public Placement placement() {
        return context.getBean(Placement.class);
    }

    public ConsoleSessions consoles() {
        return context.getBean(ConsoleSessions.class);
    }

    public int nodePort() {
        return context.getBean(dev.unkai.cloud.hosts.link.NodeServer.class).port();
    }

    @Override
    public void close() {
        loop.close();
        listener.close();
        // The pools first: what is under way breaks off in the middle, as when the process is killed.
        system.close();
        api.close();
        context.close();
    }

    /** Closes several at once. */
    public static void closeAll(AutoCloseable... parts) {
        Stream.of(parts).forEach(part -> {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Nobody here asks for evidence. */
    private static final class NoEvidence implements EvidenceSink {
        @Override
        public void store(UUID capture, InputStream data, long length) {
            throw new IllegalStateException("Nobody has asked for evidence");
        }

        @Override
        public void refused(UUID capture, String sentence) {
            throw new IllegalStateException("Nobody has asked for evidence");
        }
    }
}
