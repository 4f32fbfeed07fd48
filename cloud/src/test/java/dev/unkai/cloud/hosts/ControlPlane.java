package dev.unkai.cloud.hosts;

import com.zaxxer.hikari.HikariDataSource;
import dev.unkai.base.Ids;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.NotificationListener;
import dev.unkai.base.data.PostgresFixture;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.base.reconcile.ReconcilerLoop;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.console.ConsoleSessions;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.placement.Placement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
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

    public ControlPlane(PostgresFixture.Database database, PemFiles pem, int nodePort, Images images, Ports ports) {
        api = database.api().pool("api", 4);
        system = database.system().pool("system", 6);
        faulty = new FaultyPool(system);
        Wakeups wakeups = new Wakeups();
        Transactions transactions = new Transactions(api, faulty.dataSource(), wakeups);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test", Map.of("unkai.node-port", nodePort, "unkai.public-url", "https://cloud.example:8443")));
        context.registerBean(Transactions.class, () -> transactions);
        context.registerBean(Clock.class, Clock::systemUTC);
        context.registerBean(Ids.class, Ids::random);
        context.registerBean(PemFiles.class, () -> pem);
        context.registerBean(Images.class, () -> images);
        context.registerBean(Ports.class, () -> ports);
        context.registerBean(ServerStore.class);
        context.registerBean(InstanceActions.class);
        context.registerBean(dev.unkai.cloud.compute.store.ServerProgress.class);
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.addExcludeFilter(
                new AssignableTypeFilter(org.springframework.web.socket.config.annotation.WebSocketConfigurer.class));
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

    /** Asks for a server as the compute API does. */
    public UUID create(String project, int memoryMib, UUID image) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        // As the API: one transaction that any moment may end, so the test tries until it is told that it is done.
        transactions().doAsSystem(db -> {
            context.getBean(ServerStore.class).insert(db, server(id, project, memoryMib, image, now));
            begin(db, id, project, "create", now);
        });
        return id;
    }

    public void desire(UUID id, Server.Goal goal) {
        transactions().doAsSystem(db -> {
            Server server = context.getBean(ServerStore.class).lock(db, id).orElseThrow();
            context.getBean(ServerStore.class).desire(db, id, goal, Instant.now());
            begin(db, id, server.projectId(), goal.name().toLowerCase(java.util.Locale.ROOT), Instant.now());
        });
    }

    public void reboot(UUID id, Server.RebootKind kind) {
        transactions().doAsSystem(db -> {
            Server server = context.getBean(ServerStore.class).lock(db, id).orElseThrow();
            context.getBean(ServerStore.class).reboot(db, id, kind, false, Instant.now());
            begin(db, id, server.projectId(), "reboot", Instant.now());
        });
    }

    private void begin(Db db, UUID id, String project, String action, Instant at) {
        context.getBean(InstanceActions.class)
                .begin(db, id, project, "user", "req-" + id, action, "compute_" + action, at);
        db.wake("server");
    }

    public Server server(UUID id) {
        return transactions()
                .asSystem(db ->
                        context.getBean(ServerStore.class).findEvenGone(db, id).orElseThrow());
    }

    public String status(UUID id) {
        return server(id).state().status().name();
    }

    public String fault(UUID id) {
        return Optional.ofNullable(server(id).observed().fault())
                .map(Server.Fault::message)
                .orElse("");
    }

    /** Actions recorded for the server in the history, oldest first. */
    public List<String> events(UUID id) {
        return transactions()
                .asSystem(db -> db.sql(
                                "select event::jsonb ->> 'action' from outbox where event::jsonb -> 'target' ->> 'id' = ? order by id")
                        .param(id.toString())
                        .query(String.class)
                        .list());
    }

    /** One number that a query answers. */
    public long count(String sql) {
        return transactions().asSystem(db -> db.sql(sql).query(Long.class).single());
    }

    private static Server server(UUID id, String project, int memoryMib, UUID image, Instant now) {
        return new Server(
                id,
                0,
                project,
                "user",
                new Server.Origin("req-" + id, "r-1", 0),
                new Server.Naming("web-1", "web-1", null),
                Map.of(),
                List.of(),
                new Server.Desired(Server.Goal.ACTIVE, 1, 0, Server.RebootKind.SOFT),
                new Server.Observed(null, null, Server.Sight.NONE, 0, "scheduling", null, null, null),
                new Server.Size("f", "f", 1, memoryMib, 1, 0, 0, Map.of()),
                new Server.Boot(image, "key", "ssh-ed25519 AAAA", null, true, "MANUAL"),
                new Server.Wishes(null, null, null),
                new Server.Access("", ""),
                null,
                now,
                now,
                null);
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

    /** An image store with one image. */
    public static Images images(UUID id, byte[] content) {
        return new Images() {
            @Override
            public BootImage forBoot(Db db, UUID image) {
                return image.equals(id)
                        ? new BootImage(id, "tiny", content.length, 1 << 20, 0, 0, "qcow2", "00", Map.of())
                        : super.forBoot(db, image);
            }

            @Override
            public java.io.InputStream open(UUID image, long offset) {
                return new java.io.ByteArrayInputStream(content, (int) offset, content.length - (int) offset);
            }
        };
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
}
