package dev.unkai.cloud.hosts;

import com.google.protobuf.ByteString;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.wire.node.ArrivalReport;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.CertificateAnswer;
import dev.unkai.wire.node.CertificateRequest;
import dev.unkai.wire.node.ConsoleBytes;
import dev.unkai.wire.node.ConsoleKind;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.GuestPassword;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostFacts;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.ImageChunk;
import dev.unkai.wire.node.ImageRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import dev.unkai.wire.node.Power;
import dev.unkai.wire.plan.WholePlan;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host for tests: speaks the node protocol over real mutual TLS and keeps its guests in memory, which outlives broken
 * connections as a host's disk does. Everything it does runs on its one thread.
 */
public final class FakeNode implements AutoCloseable {
    private static final int REPORT_MILLIS = 200;
    private static final int RECONNECT_MILLIS = 20;

    /** One guest as this host has it. */
    public static final class Machine {
        final Guest plan;
        final long boots;
        final GuestState state;
        final boolean byGuest;
        final String fault;
        final int starts;

        private Machine(Guest plan, long boots, GuestState state, boolean byGuest, String fault, int starts) {
            this.plan = plan;
            this.boots = boots;
            this.state = state;
            this.byGuest = byGuest;
            this.fault = fault;
            this.starts = starts;
        }

        public Guest plan() {
            return plan;
        }

        public boolean runs() {
            return state == GuestState.RUNNING;
        }

        /** How often it was switched on or booted anew. */
        public int starts() {
            return starts;
        }
    }

    private final UUID host;
    private final String name;
    private final HostFacts facts;
    private final PemFiles pem;
    private final int port;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fake-node").factory());
    private final Map<String, Machine> machines = new TreeMap<>();
    private final Set<String> consoles = new HashSet<>();
    private GuestCounters counters;
    private UnaryOperator<NodeMessage> says = UnaryOperator.identity();
    private final List<byte[]> typed = new ArrayList<>();
    private volatile @Nullable ManagedChannel channel;
    private @Nullable StreamObserver<NodeMessage> up;
    private volatile HostPlan plan = HostPlan.getDefaultInstance();
    private Predicate<GuestReport> loses = report -> false;
    private boolean doubles;
    private int plansToLose;
    private boolean idle;
    private volatile boolean deaf;
    private volatile boolean mute;
    private int protocol = 1;
    private final Set<String> captures = new HashSet<>();
    private byte[] captured = new byte[0];
    private String captureFault = "";
    private final Set<String> departed = new HashSet<>();
    private boolean letsGo = true;
    private final List<HostPlan> came = new CopyOnWriteArrayList<>();
    private String keepsBecause = "";
    private boolean closed;
    private Map<String, String> faults = Map.of();

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
            idle = now;
            converge();
        });
    }

    /** Trouble with guests, by id; those not named have none. */
    public void faults(Map<String, String> now) {
        run(() -> {
            faults = now;
            converge();
        });
    }

    /** What it brings when an image of a disk or evidence is asked for; until it is told, images stay away. */
    public void captures(byte[] content) {
        run(() -> {
            captured = content;
            converge();
        });
    }

    /** Why it cannot make images. */
    public void refuseCaptures(String sentence) {
        run(() -> {
            captureFault = sentence;
            converge();
        });
    }

    private void capture(Guest guest) {
        List<String> wanted = Stream.concat(
                        guest.getCapturesList().stream().map(Capture::getId),
                        guest.getEvidenceList().stream().map(EvidenceCapture::getId))
                .toList();
        for (String id : wanted) {
            ManagedChannel now = channel;
            if (now == null || captured.length == 0 && captureFault.isEmpty() || !captures.add(id)) {
                continue;
            }
            StreamObserver<CaptureChunk> out = NodeLinkGrpc.newStub(now)
                    .storeCapture(new StreamObserver<CaptureStored>() {
                        @Override
                        public void onNext(CaptureStored stored) {}

                        @Override
                        public void onError(Throwable cause) {
                            run(() -> captures.remove(id));
                        }

                        @Override
                        public void onCompleted() {}
                    });
            out.onNext(CaptureChunk.newBuilder()
                    .setCaptureId(id)
                    .setSize(captured.length)
                    .setFault(captureFault)
                    .build());
            for (int at = 0; at < captured.length; at += 1 << 16) {
                out.onNext(CaptureChunk.newBuilder()
                        .setData(ByteString.copyFrom(captured, at, Math.min(1 << 16, captured.length - at)))
                        .build());
            }
            out.onCompleted();
        }
    }

    /** Whether guests that are to go away go; else they stay on their way. */
    public void letsGo(boolean now) {
        run(() -> {
            letsGo = now;
            converge();
            reportAll();
        });
    }

    /** Guests that are to go away do not, for this reason. */
    public void keeps(String why) {
        run(() -> {
            keepsBecause = why;
            converge();
            reportAll();
        });
    }

    /** A guest that comes or goes is reported on its way, never started by this host before it is simply in the plan. */
    private GuestReport moving(Machine machine) {
        Guest guest = machine.plan;
        GuestReport.Builder report = reportOfItself(machine).toBuilder();
        if (guest.hasArrival()) {
            return report.setState(GuestState.ARRIVING)
                    .setArrival(ArrivalReport.newBuilder()
                            .setAttempt(guest.getArrival().getAttempt())
                            .setEndpoint("198.51.100.9:1")
                            .setDirectory("/there"))
                    .build();
        }
        String attempt = guest.getDeparture().getAttempt();
        boolean gone = departed.contains(attempt);
        if (!gone && letsGo && keepsBecause.isEmpty()) {
            gone = departed.add(attempt);
        }
        DepartureReport.Builder way = DepartureReport.newBuilder()
                .setAttempt(attempt)
                .setTotalBytes(100)
                .setDoneBytes(gone ? 100 : 40)
                .setRemainingBytes(gone ? 0 : 60)
                .setMemoryTotalBytes(30)
                .setMemoryDoneBytes(30)
                .setDeparted(gone)
                .setDowntimeMillis(gone ? 7 : 0)
                .setFailure(gone ? "" : keepsBecause);
        return report.setState(gone ? GuestState.DEPARTED : machine.state)
                .setDeparture(way)
                .build();
    }

    /** The guest switches itself off. */
    public void powerOff(UUID guest) {
        run(() -> {
            Machine machine = machines.get(guest.toString());
            machines.put(
                    guest.toString(),
                    new Machine(machine.plan, machine.boots, GuestState.STOPPED, true, "", machine.starts));
            report(guest.toString());
        });
    }

    /** The connection breaks; it is made anew at once. */
    public void cut() {
        run(this::dropChannel);
    }

    public Map<String, Machine> machines() {
        return call(() -> new LinkedHashMap<>(machines));
    }

    /** What the newest plan says of the guest, whatever became of it. */
    public Optional<Guest> planned(String guest) {
        return call(() -> plan.getGuestsList().stream()
                .filter(each -> each.getId().equals(guest))
                .findFirst());
    }

    /** What it answers to who asks for a guest's counters; null: it is of a version that does not know the question. */
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

    public void counters(GuestCounters now) {
        run(() -> counters = now);
    }

    /** From now on each message goes through this, such as words that only a newer version knows. */
    public FakeNode says(UnaryOperator<NodeMessage> how) {
        run(() -> says = how);
        return this;
    }

    public List<byte[]> typed() {
        return call(() -> List.copyOf(typed));
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
        consoles.clear();
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
        reportAll();
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
            converge();
            plan.getSessionsList().forEach(this::openConsole);
        }
    }

    private void converge() {
        if (idle) {
            return;
        }
        Set<String> wanted = new HashSet<>();
        for (Guest guest : plan.getGuestsList()) {
            wanted.add(guest.getId());
            if (step(guest)) {
                report(guest.getId());
            }
            capture(guest);
        }
        for (String id : List.copyOf(machines.keySet())) {
            if (!wanted.contains(id)) {
                machines.remove(id);
                sendGuest(GuestReport.newBuilder()
                        .setGuestId(id)
                        .setState(GuestState.ABSENT)
                        .setPlanGeneration(plan.getGeneration())
                        .build());
            }
        }
    }

    /** True when something of the guest has changed. */
    private boolean step(Guest guest) {
        Machine was = machines.get(guest.getId());
        String fault = faults.getOrDefault(guest.getId(), "");
        if (!fault.isEmpty()) {
            machines.put(
                    guest.getId(),
                    new Machine(
                            guest,
                            was == null ? 0 : was.boots,
                            GuestState.FAULTY,
                            false,
                            fault,
                            was == null ? 0 : was.starts));
            return was == null || !was.fault.equals(fault);
        }
        if (guest.getHeld() && protocol >= 2) {
            machines.put(guest.getId(), new Machine(guest, 0, GuestState.PREPARING, false, "", 0));
            return was == null;
        }
        if (guest.hasArrival()) {
            machines.put(guest.getId(), new Machine(guest, guest.getBoot(), GuestState.STOPPED, false, "", 0));
            return true;
        }
        if (was != null
                && departed.contains(was.plan.getDeparture().getAttempt())
                && !guest.getReturned().equals(was.plan.getDeparture().getAttempt())) {
            return true; // it has gone: nothing starts here again
        }
        boolean on = guest.getPower() == Power.ON;
        boolean same = was != null && was.plan.getGeneration() == guest.getGeneration();
        GuestState state = wanted(guest.getPower());
        if (same && was.fault.isEmpty() && (was.byGuest || was.state == state)) {
            return false;
        }
        int starts = was == null ? 0 : was.starts;
        boolean bootsAnew = on
                && (was == null
                        || was.state == GuestState.STOPPED
                        || was.state == GuestState.PREPARING
                        || was.boots < guest.getBoot());
        machines.put(
                guest.getId(), new Machine(guest, guest.getBoot(), state, false, "", bootsAnew ? starts + 1 : starts));
        return true;
    }

    private static GuestState wanted(Power power) {
        return switch (power) {
            case ON -> GuestState.RUNNING;
            case PAUSE -> GuestState.PAUSED;
            case SUSPEND -> GuestState.SUSPENDED;
            case OFF, POWER_UNSPECIFIED, UNRECOGNIZED -> GuestState.STOPPED;
        };
    }

    private GuestReport reportOf(Machine machine) {
        return machine.plan.hasArrival() || machine.plan.hasDeparture() ? moving(machine) : reportOfItself(machine);
    }

    private GuestReport reportOfItself(Machine machine) {
        return GuestReport.newBuilder()
                .setGuestId(machine.plan.getId())
                .setGeneration(machine.plan.getGeneration())
                .setState(machine.state)
                .setFault(machine.fault)
                .setStoppedByGuest(machine.byGuest)
                .setSinceMillis(System.currentTimeMillis())
                .setPlanGeneration(plan.getGeneration())
                .build();
    }

    private void report(String id) {
        sendGuest(reportOf(machines.get(id)));
    }

    private void sendGuest(GuestReport report) {
        if (!loses.test(report)) {
            send(NodeMessage.newBuilder().setGuest(report).build());
        }
    }

    private void reportAll() {
        HostReport.Builder whole = HostReport.newBuilder().setPlanGeneration(plan.getGeneration());
        machines.values().stream().map(this::reportOf).forEach(whole::addGuests);
        send(NodeMessage.newBuilder().setReport(whole).build());
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

    private void openConsole(ConsoleSession session) {
        ManagedChannel now = channel;
        if (now == null || !consoles.add(session.getId())) {
            return;
        }
        StreamObserver<ConsoleBytes>[] out = newArray();
        out[0] = NodeLinkGrpc.newStub(now).console(new StreamObserver<>() {
            @Override
            public void onNext(ConsoleBytes bytes) {
                run(() -> typed.add(bytes.getData().toByteArray()));
                out[0].onNext(ConsoleBytes.newBuilder().setData(bytes.getData()).build());
            }

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onCompleted() {
                if (session.getKind() != ConsoleKind.LOG && session.getKind() != ConsoleKind.COUNTERS) {
                    out[0].onCompleted();
                }
            }
        });
        ConsoleBytes.Builder first = ConsoleBytes.newBuilder().setSessionId(session.getId());
        if (session.getKind() == ConsoleKind.COUNTERS) {
            GuestCounters known = counters;
            out[0].onNext(
                    known == null
                            ? first.setFault("This kind of console is not known.")
                                    .build()
                            : first.setData(known.toByteString()).build());
            out[0].onCompleted();
        } else if (session.getKind() == ConsoleKind.LOG) {
            out[0].onNext(first.setData(ByteString.copyFromUtf8("the last " + session.getLogLines() + " lines\n"))
                    .build());
            out[0].onCompleted();
        } else {
            out[0].onNext(
                    first.setData(ByteString.copyFromUtf8("RFB 003.008\n")).build());
        }
    }

    @SuppressWarnings("unchecked")
    private static StreamObserver<ConsoleBytes>[] newArray() {
        return new StreamObserver[1];
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
