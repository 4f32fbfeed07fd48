package dev.unkai.cloud.hosts;

import com.google.protobuf.ByteString;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.wire.node.CertificateAnswer;
import dev.unkai.wire.node.CertificateRequest;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.GuestPassword;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostFacts;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.ImageChunk;
import dev.unkai.wire.node.ImageRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import dev.unkai.wire.plan.WholePlan;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A host for tests: speaks the node protocol over real mutual TLS and keeps its guests in memory, which outlives broken
 * connections as a host's disk does. Everything it does runs on its one thread.
 */
public final class FakeNode implements AutoCloseable {
    private static final int REPORT_MILLIS = 200;
    private static final int RECONNECT_MILLIS = 20;

    private final UUID host;
    private final String name;
    private final HostFacts facts;
    private final PemFiles pem;
    private final int port;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fake-node").factory());
    private final FakeGuests guests = new FakeGuests(this::sendGuest);
    private final FakeConsoles consoles = new FakeConsoles(thread);
    private UnaryOperator<NodeMessage> says = UnaryOperator.identity();
    private volatile @Nullable ManagedChannel channel;
    private final FakeCaptures captures = new FakeCaptures(() -> channel, thread);
    private @Nullable StreamObserver<NodeMessage> up;
    private volatile HostPlan plan = HostPlan.getDefaultInstance();
    private boolean planSeen;
    private Predicate<GuestReport> loses = report -> false;
    private boolean doubles;
    private int plansToLose;
    private volatile boolean deaf;
    private volatile boolean mute;
    private int protocol = 1;
    private final List<HostPlan> came = new CopyOnWriteArrayList<>();
    private boolean closed;

    public FakeNode(UUID host, String name, int vcpus, int memoryMib, int diskGib, PemFiles pem, int port) {
        this.host = host;
        this.name = name;
        this.facts = HostFacts.newBuilder()
                .setVcpus(vcpus)
                .setMemoryMib(memoryMib)
                .setDiskGib(diskGib)
                .setAcceleration("tcg")
                .setNodeVersion("test")
                .build();
        this.pem = pem;
        this.port = port;
    }

    /** Connects, and does so again whenever the connection is lost. */
    public FakeNode start() {
        thread.execute(this::connect);
        thread.scheduleWithFixedDelay(this::reportAll, REPORT_MILLIS, REPORT_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    public UUID host() {
        return host;
    }

    /** The newest plan that it has. */
    public HostPlan plan() {
        return plan;
    }

    /** The plans that came, as they came: whole or in parts. */
    public List<HostPlan> came() {
        return came;
    }

    /** From now on single reports that match get lost on the way; whole reports do not. */
    public void lose(Predicate<GuestReport> which) {
        run(() -> loses = which);
    }

    /** The next so many plans get lost on the way, while the connection lives on. */
    public void losePlans(int count) {
        run(() -> plansToLose = count);
    }

    /** Every message is sent twice. */
    public void doubleEverything() {
        run(() -> doubles = true);
    }

    /** It waits with guests that are held and takes plans in parts, as nodes of this protocol do. */
    public FakeNode protocol(int version) {
        protocol = version;
        guests.waitWithHeld(version >= 2);
        return this;
    }

    /** Its machine is cut off, or connected again: nothing comes out, and what comes in lies in a buffer. */
    public void cutOff(boolean now) {
        deaf = now;
        mute = now;
        if (!now) {
            run(this::dropChannel);
        }
    }

    /** It takes plans but does nothing about them. */
    public void idle(boolean now) {
        run(() -> {
            guests.idle(now);
            bring();
        });
    }

    /** Trouble with guests, by id; those not named have none. */
    public void faults(Map<String, String> now) {
        run(() -> guests.faults(now));
    }

    /** What it brings when an image of a disk or evidence is asked for; until it is told, images stay away. */
    public void captures(byte[] content) {
        run(() -> {
            captures.content(content);
            bring();
        });
    }

    /** Why it cannot make images. */
    public void refuseCaptures(String sentence) {
        run(() -> {
            captures.refuse(sentence);
            bring();
        });
    }

    /** Whether guests that are to go away go; else they stay on their way. */
    public void letsGo(boolean now) {
        run(() -> {
            guests.letsGo(now);
            reportAll();
        });
    }

    /** Guests that are to go away do not, for this reason. */
    public void keeps(String why) {
        run(() -> {
            guests.keeps(why);
            reportAll();
        });
    }

    /** The guest switches itself off. */
    public void powerOff(UUID guest) {
        run(() -> guests.powerOff(guest.toString()));
    }

    /** The connection breaks; it is made anew at once. */
    public void cut() {
        run(this::dropChannel);
    }

    public Map<String, FakeGuests.Machine> machines() {
        return call(guests::machines);
    }

    /** What the newest plan says of the guest, whatever became of it. */
    public Optional<Guest> planned(String guest) {
        return call(() -> plan.getGuestsList().stream()
                .filter(each -> each.getId().equals(guest))
                .findFirst());
    }

    /** What a guest of this host writes as its password; false when there was one before. */
    public boolean leavePassword(String guest, String password) {
        return NodeLinkGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .storeGuestPassword(GuestPassword.newBuilder()
                        .setGuestId(guest)
                        .setPassword(password)
                        .build())
                .getTaken();
    }

    /** What it answers to who asks for a guest's counters; null: it is of a version that does not know the question. */
    public void counters(@Nullable GuestCounters now) {
        run(() -> consoles.counters(now));
    }

    /** From now on each message goes through this, such as words that only a newer version knows. */
    public FakeNode says(UnaryOperator<NodeMessage> how) {
        run(() -> says = how);
        return this;
    }

    public List<byte[]> typed() {
        return call(consoles::typed);
    }

    /** Fetches an image as a node does before a guest's first start. */
    public byte[] fetch(UUID image, long offset) {
        ManagedChannel own = newChannel();
        try {
            Iterator<ImageChunk> chunks = NodeLinkGrpc.newBlockingStub(own)
                    .fetchImage(ImageRequest.newBuilder()
                            .setImageId(image.toString())
                            .setOffset(offset)
                            .build());
            ByteString bytes = ByteString.EMPTY;
            while (chunks.hasNext()) {
                bytes = bytes.concat(chunks.next().getData());
            }
            return bytes.toByteArray();
        } finally {
            own.shutdownNow();
        }
    }

    /** Asks for the next certificate, as a node does in good time. */
    public CertificateAnswer renew() {
        ManagedChannel own = newChannel();
        try {
            return NodeLinkGrpc.newBlockingStub(own).renewCertificate(CertificateRequest.getDefaultInstance());
        } finally {
            own.shutdownNow();
        }
    }

    private ManagedChannel newChannel() {
        try {
            return NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .sslContext(GrpcSslContexts.forClient()
                            .keyManager(pem.certificate().toFile(), pem.key().toFile())
                            .trustManager(pem.authority().toFile())
                            .build())
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        ManagedChannel fresh = newChannel();
        channel = fresh;
        planSeen = false;
        consoles.forget();
        up = NodeLinkGrpc.newStub(fresh).attach(new StreamObserver<>() {
            @Override
            public void onNext(HostPlan newest) {
                thread.execute(() -> take(fresh, newest));
            }

            @Override
            public void onError(Throwable cause) {
                lost(fresh);
            }

            @Override
            public void onCompleted() {
                lost(fresh);
            }
        });
        send(NodeMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setHostId(host.toString())
                        .setName(name)
                        .setZone("nova")
                        .setFacts(facts)
                        .setProtocol(protocol))
                .build());
    }

    private void lost(ManagedChannel old) {
        if (!thread.isShutdown()) {
            thread.schedule(
                    () -> {
                        if (channel == old) {
                            dropChannel();
                        }
                    },
                    RECONNECT_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void dropChannel() {
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
            up = null;
            connect();
        }
    }

    private void take(ManagedChannel from, HostPlan newest) {
        if (channel == from && !planSeen) {
            planSeen = true;
            reportAll();
        }
        if (plansToLose > 0) {
            plansToLose--;
        } else if (!deaf && channel == from && newest.getGeneration() >= plan.getGeneration()) {
            Optional<HostPlan> whole = WholePlan.of(plan, newest);
            if (whole.isEmpty()) {
                dropChannel(); // as a node does: it attaches anew and gets a whole one
                return;
            }
            plan = whole.get();
            came.add(newest);
            guests.plan(plan);
            bring();
            plan.getSessionsList().forEach(session -> consoles.open(from, session));
        }
    }

    private void bring() {
        if (!guests.isIdle()) {
            plan.getGuestsList().forEach(captures::bring);
        }
    }

    private void sendGuest(GuestReport report) {
        if (planSeen && !loses.test(report)) {
            send(NodeMessage.newBuilder().setGuest(report).build());
        }
    }

    /** As a node: it says nothing before the first plan of its connection has come. */
    private void reportAll() {
        if (!planSeen) {
            return;
        }
        send(NodeMessage.newBuilder().setReport(guests.report()).build());
    }

    private void send(NodeMessage message) {
        StreamObserver<NodeMessage> to = up;
        if (to == null || mute) {
            return;
        }
        try {
            to.onNext(says.apply(message));
            if (doubles && !message.hasHello()) {
                to.onNext(message);
            }
        } catch (RuntimeException e) {
            up = null; // the call is over; lost() makes a new one
        }
    }

    private void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    private <T> T call(java.util.concurrent.Callable<T> work) {
        try {
            return thread.submit(work).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        run(() -> {
            closed = true;
            if (channel != null) {
                channel.shutdownNow();
            }
        });
        thread.shutdownNow();
    }
}
