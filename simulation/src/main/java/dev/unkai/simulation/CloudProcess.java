package dev.unkai.simulation;

import dev.unkai.base.Ids;
import dev.unkai.base.access.Policy;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.data.Wakeups;
import dev.unkai.base.event.OutboxRelay;
import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.hosts.LogInObserver;
import dev.unkai.cloud.hosts.link.HostDoor;
import dev.unkai.cloud.image.content.ImageLimits;
import dev.unkai.cloud.image.store.ImageFiles;
import dev.unkai.cloud.network.domain.Macs;
import dev.unkai.simulation.SimulatedDatabase.Role;
import dev.unkai.web.Access;
import dev.unkai.web.ProofAge;
import dev.unkai.web.RefusalRecorder;
import dev.unkai.web.ViewingRule;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.NodeMessage;
import dev.unkai.wire.origin.SourceRules;
import dev.unkai.wire.token.Revocations;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.env.MapPropertySource;

/** One life of one cloud process: the production parts, with the agenda in place of threads. */
final class CloudProcess {
    private final World world;
    private final Life life;
    private final Wakeups wakeups = new Wakeups();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final List<Seat> seats = new ArrayList<>();

    CloudProcess(World world, String name, SimulatedClock clock) {
        this.world = world;
        this.life = new Life(name);
        Transactions transactions = new Transactions(
                pool(Role.API).asDataSource(), pool(Role.SYSTEM).asDataSource(), wakeups);
        context.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "simulation",
                        Map.of(
                                "unkai.public-url",
                                "https://cloud.example",
                                "unkai.compute.reclaim-after",
                                world.reclaimSeconds() + "s")));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.registerBean(Transactions.class, () -> transactions);
        context.registerBean(Wakeups.class, () -> wakeups);
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(Ids.class, () -> world.chance()::uuid);
        context.registerBean(Macs.class, () -> new SeededMacs(world.chance()));
        context.registerBean(Revocations.class, Revocations::new);
        context.registerBean(SourceRules.class, SourceRules::new);
        context.registerBean(Access.class, () -> new Access(policy(), true));
        context.registerBean(RefusalRecorder.class);
        context.registerBean(ProofAge.class);
        context.registerBean(ViewingRule.class);
        ImageLimits limits = new ImageLimits(1L << 40, 1L << 40, 1L << 40, 0);
        context.registerBean(ImageLimits.class, () -> limits);
        context.registerBean(ImageFiles.class, () -> new ImageFiles(world.images(), limits));
        context.registerBean(
                LogInObserver.class, () -> (db, host, logIns) -> {}); // nobody logs in on simulated machines
        HostDoor.register(context, threads("sends a plan"), threads("stores an image"));
        context.register(CloudParts.all().toArray(Class<?>[]::new));
        // Parts that nothing simulated asks for, such as those that let hosts join, are not made.
        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        context.refresh();
        context.getBeanProvider(Reconciler.class).orderedStream().forEach(one -> seats.add(new Seat(one)));
        seats.add(new Seat(new OutboxRelay(transactions, world.ledger(), "cloud")));
        seats.forEach(Seat::start);
    }

    private static Policy policy() {
        try (InputStream table = CloudProcess.class.getResourceAsStream("/policy.conf")) {
            return Policy.parse(Objects.requireNonNull(table));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimulatedPool pool(Role role) {
        return new SimulatedPool(world.database(), role, life, world.points(), world.trace(), world::committed);
    }

    private SimulatedTimer threads(String what) {
        return new SimulatedTimer(
                world.agenda(),
                life,
                life + " " + what,
                false,
                () -> world.chance().around(3));
    }

    Life life() {
        return life;
    }

    boolean lives() {
        return !life.isOver();
    }

    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    StreamObserver<NodeMessage> attach(UUID host, ServerCallStreamObserver<HostPlan> down) {
        return HostDoor.attach(context, host, down);
    }

    StreamObserver<CaptureChunk> capture(UUID host, ServerCallStreamObserver<CaptureStored> stored) {
        return HostDoor.capture(context, host, stored);
    }

    /** PostgreSQL notifies this process. */
    void notified(String channel) {
        wakeups.wake(channel);
    }

    /** What ReconcilerLoop does with a thread for each reconciler. */
    private final class Seat {
        private static final long LONGEST_PAUSE = 15_000;

        private final Reconciler reconciler;
        private long pause;
        private boolean rung;
        private Agenda.@Nullable Event next;

        Seat(Reconciler reconciler) {
            this.reconciler = reconciler;
        }

        void start() {
            wakeups.listen(reconciler.channel(), detail -> {
                if (reconciler.woken(detail)) {
                    ring();
                }
            });
            sit(world.chance().around(500));
        }

        private void ring() {
            if (!rung) {
                rung = true;
                sit(world.chance().around(2));
            }
        }

        private void sit(long millis) {
            Agenda.Event before = next;
            if (before != null) {
                before.cancel();
            }
            next = world.agenda().in(millis, life, life + " " + reconciler.name(), this::step);
        }

        private void step() {
            rung = false;
            try {
                boolean more = reconciler.step();
                pause = 0;
                if (!rung) {
                    sit(more ? world.chance().around(1) : reconciler.period().toMillis());
                }
            } catch (Exception e) {
                world.trace().add(world.agenda().now(), "  " + life + " failed: " + e);
                pause = Math.min(LONGEST_PAUSE, Math.max(250, pause * 2));
                sit(pause);
            }
        }
    }
}
