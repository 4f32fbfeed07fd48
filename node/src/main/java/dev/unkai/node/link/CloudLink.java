package dev.unkai.node.link;

import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    private final ManagedChannel channel;
    private final Supplier<Hello> hello;
    private final Supplier<HostReport> report;
    private final Consumer<HostPlan> plans;

    private @Nullable Attachment current;
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

    /** Attaches, and again whenever the stream ends; returns when interrupted. */
    public void run() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            channel.resetConnectBackoff();
            Attachment attachment = new Attachment();
            attachment.open();
            while (!attachment.ended.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                sendReport();
            }
            synchronized (this) {
                current = null;
            }
            if (attachment.planSeen) {
                pause = FIRST_PAUSE;
            }
            Thread.sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    /** Tells the cloud of one guest at once. */
    public void send(GuestReport guest) {
        send(NodeMessage.newBuilder().setGuest(guest).build());
    }

    /** Tells the cloud of everything at once. */
    public void sendReport() {
        send(NodeMessage.newBuilder().setReport(report.get()).build());
    }

    /** Without a plan of this stream nothing is sent: while no connection is made, gRPC would pile the messages up. */
    private synchronized void send(NodeMessage message) {
        Attachment attachment = current;
        if (attachment != null) {
            attachment.send(message);
        }
    }

    /** One attachment, from hello to the end of its stream. */
    private final class Attachment implements StreamObserver<HostPlan> {
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable StreamObserver<NodeMessage> up;
        private volatile boolean planSeen;
        private long newest = -1;

        void open() {
            StreamObserver<NodeMessage> opened = NodeLinkGrpc.newStub(channel).attach(this);
            opened.onNext(NodeMessage.newBuilder().setHello(hello.get()).build());
            up = opened;
            synchronized (CloudLink.this) {
                current = this;
            }
        }

        void send(NodeMessage message) {
            StreamObserver<NodeMessage> stream = up;
            if (stream == null || !planSeen) {
                return;
            }
            try {
                stream.onNext(message);
            } catch (IllegalStateException e) {
                log.debug("The stream to the cloud has just ended: {}", e.getMessage());
            }
        }

        @Override
        public void onNext(HostPlan plan) {
            if (!planSeen) {
                log.info("Attached to the cloud; plan {} has {} guests", plan.getGeneration(), plan.getGuestsCount());
                planSeen = true;
                saidAway = false;
                sendReport();
            }
            if (plan.getGeneration() < newest) {
                log.warn("Plan {} came after plan {} and is left aside", plan.getGeneration(), newest);
                return;
            }
            newest = plan.getGeneration();
            plans.accept(plan);
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
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            log.info("The cloud ended the stream");
            ended.countDown();
        }
    }
}
