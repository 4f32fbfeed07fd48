package dev.unkai.node.link;

import static java.util.Objects.requireNonNull;

import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import dev.unkai.wire.plan.WholePlan;
import dev.unkai.wire.report.ToldGuests;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one stream to the cloud open: plans come down, reports go up. While it is closed, reports are dropped: the next begins with all. */
public final class CloudLink {
    private static final Logger log = LoggerFactory.getLogger(CloudLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    /** How often everything is reported, at least; the cloud takes silence of some multiple for a dead host. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /** Heartbeats that a stream may stay without a plan; the cloud sends one at once, so it has lost sight of this one. */
    private static final int BEATS_WITHOUT_PLAN = 5;

    private final ManagedChannel channel;
    private final Supplier<Hello> hello;
    private final Supplier<HostReport> report;
    private final Consumer<HostPlan> plans;

    private @Nullable Attachment current;
    private @Nullable ScheduledExecutorService timer;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean saidAway;

    /**
     * @param hello says who this host is, asked at every attachment
     * @param report says what runs now
     * @param plans takes each new plan, in order
     */
    public CloudLink(
            ManagedChannel channel, Supplier<Hello> hello, Supplier<HostReport> report, Consumer<HostPlan> plans) {
        this.channel = channel;
        this.hello = hello;
        this.report = report;
        this.plans = plans;
    }

    /** Attaches, and again whenever the stream ends, for as long as the process lives; the work is done by {@code on}. */
    public synchronized void start(ScheduledExecutorService on) {
        timer = on;
        on.execute(() -> attach(on));
        on.scheduleWithFixedDelay(this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attach(ScheduledExecutorService on) {
        try {
            channel.resetConnectBackoff();
            new Attachment().open();
        } catch (RuntimeException | Error e) { // such as facts that cannot be read now
            log.warn("The host cannot attach to the cloud now", e);
            on.schedule(() -> attach(on), LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A failure must not end the heartbeat for ever. */
    private void beat() {
        try {
            giveUpMuteStream();
            sendReport();
        } catch (RuntimeException | Error e) { // what is thrown here would end the reports for good
            log.warn("The host's report could not be sent; the next will be", e);
        }
    }

    private void giveUpMuteStream() {
        Attachment attachment;
        synchronized (this) {
            attachment = current;
        }
        if (attachment != null && attachment.isMute()) {
            log.warn("The cloud has sent no plan; attaching anew");
            attachment.giveUp("No plan came");
        }
    }

    private synchronized void attachAgain(Attachment ended) {
        if (current == ended) {
            current = null;
        }
        if (ended.planSeen) {
            pause = FIRST_PAUSE;
        }
        ScheduledExecutorService on = requireNonNull(timer);
        on.schedule(() -> attach(on), pause.toMillis(), TimeUnit.MILLISECONDS);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Tells the cloud of one guest at once. */
    public synchronized void send(GuestReport guest) {
        if (current != null) {
            current.send(guest);
        }
    }

    /** Tells the cloud of everything at once. */
    public void sendReport() {
        HostReport all = report.get();
        synchronized (this) {
            if (current != null) {
                current.send(all);
            }
        }
    }

    /** One attachment, from hello to the end of its stream. */
    private final class Attachment implements StreamObserver<HostPlan> {
        private final AtomicBoolean ended = new AtomicBoolean();
        /** Used by who holds the link's lock. */
        private final ToldGuests told = new ToldGuests();

        private volatile @Nullable StreamObserver<NodeMessage> up;
        private volatile boolean planSeen;
        private volatile boolean remembered;
        private @Nullable HostPlan newest;
        private int beats;

        /** Whether one heartbeat more has passed without a plan, and that was one too many. */
        boolean isMute() {
            return !planSeen && ++beats > BEATS_WITHOUT_PLAN;
        }

        /** Ends the stream from here: nothing that still comes over it counts. */
        void giveUp(String why) {
            StreamObserver<NodeMessage> stream = up;
            if (stream != null) {
                stream.onError(Status.CANCELLED.withDescription(why).asRuntimeException());
            }
            end();
        }

        void open() {
            NodeMessage first = NodeMessage.newBuilder().setHello(hello.get()).build();
            // Before the call: its first plan, and its end, may come while it is still being opened.
            synchronized (CloudLink.this) {
                current = this;
            }
            StreamObserver<NodeMessage> opened = NodeLinkGrpc.newStub(channel).attach(this);
            up = opened;
            opened.onNext(first);
        }

        void send(GuestReport guest) {
            if (isOpen()) {
                told.tell(guest);
                send(NodeMessage.newBuilder().setGuest(guest));
            }
        }

        void send(HostReport all) {
            if (isOpen()) {
                HostReport report = remembered ? told.shortened(all) : all;
                told.tell(report);
                send(NodeMessage.newBuilder().setReport(report));
            }
        }

        /** Without a plan of this stream nothing is sent: while no connection is made, gRPC would pile the messages up. */
        private boolean isOpen() {
            return up != null && planSeen;
        }

        private void send(NodeMessage.Builder message) {
            StreamObserver<NodeMessage> stream = requireNonNull(up);
            try {
                stream.onNext(message.build());
            } catch (IllegalStateException e) {
                log.debug("The stream to the cloud has just ended: {}", e.getMessage());
            }
        }

        @Override
        public void onNext(HostPlan plan) {
            if (ended.get()) {
                return;
            }
            if (!planSeen) {
                log.info("Attached to the cloud; plan {} has {} guests", plan.getGeneration(), plan.getGuestsCount());
                planSeen = true;
                saidAway = false;
                sendReport();
            }
            if (newest != null && plan.getGeneration() < newest.getGeneration()) {
                log.warn("Plan {} came after plan {} and is left aside", plan.getGeneration(), newest.getGeneration());
                return;
            }
            Optional<HostPlan> whole = WholePlan.of(newest, plan);
            if (whole.isEmpty()) {
                log.warn(
                        "Plan {} does not go with what is known here; attaching anew for a whole one",
                        plan.getGeneration());
                giveUp("The plan does not go with the one before");
                return;
            }
            remembered = plan.getRemembers();
            newest = whole.get();
            plans.accept(newest);
        }

        @Override
        public void onError(Throwable failure) {
            if (planSeen || !saidAway) {
                saidAway = true; // once, not at every try
                Status status = Status.fromThrowable(failure);
                Throwable cause = status.getCause();
                log.warn(
                        "The cloud cannot be reached ({} {}{}); trying again until it can",
                        status.getCode(),
                        status.getDescription(),
                        cause == null ? "" : ", " + cause.getMessage());
            }
            end();
        }

        @Override
        public void onCompleted() {
            log.info("The cloud ended the stream");
            end();
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                attachAgain(this);
            }
        }
    }
}
