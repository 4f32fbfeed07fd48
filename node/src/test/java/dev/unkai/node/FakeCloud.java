package dev.unkai.node;

import com.google.protobuf.ByteString;
import dev.unkai.base.tls.PemFiles;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.CertificateAnswer;
import dev.unkai.wire.node.CertificateRequest;
import dev.unkai.wire.node.ConsoleBytes;
import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.ImageChunk;
import dev.unkai.wire.node.ImageRequest;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The cloud's end of the node protocol, in the test's own process: one host, one plan, everything that was reported. */
public final class FakeCloud extends NodeLinkGrpc.NodeLinkImplBase implements AutoCloseable {
    private final Server server;
    private final Map<String, byte[]> images = new ConcurrentHashMap<>();
    private final Map<String, Guest> guests = new LinkedHashMap<>();
    private final List<ConsoleSession> sessions = new ArrayList<>();
    private final Map<String, GuestReport> seen = new ConcurrentHashMap<>();
    private final Map<String, FakeConsole> consoles = new ConcurrentHashMap<>();
    private long generation;
    private StreamObserver<HostPlan> node;

    /** What was reported of each guest, in order, without repetitions. */
    public final List<GuestReport> reports = new CopyOnWriteArrayList<>();

    public final AtomicInteger attachments = new AtomicInteger();
    public final AtomicInteger fetches = new AtomicInteger();
    public volatile Hello hello = Hello.getDefaultInstance();
    public volatile HostReport hostReport = HostReport.getDefaultInstance();

    public FakeCloud(PemFiles tls) throws Exception {
        this(tls, 0);
    }

    public FakeCloud(PemFiles tls, int port) throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(
                                        tls.certificate().toFile(), tls.key().toFile()),
                                SslProvider.JDK)
                        .trustManager(tls.authority().toFile())
                        .clientAuth(ClientAuth.REQUIRE)
                        .build())
                .addService(this)
                .permitKeepAliveTime(1, java.util.concurrent.TimeUnit.SECONDS)
                .build()
                .start();
    }

    public int port() {
        return server.getPort();
    }

    /** Makes an image known and returns how a guest's disk names it. */
    public Disk image(String id, byte[] content, String format, long sizeGib) throws Exception {
        images.put(id, content);
        return Disk.newBuilder()
                .setImageId(id)
                .setImageFormat(format)
                .setImageSize(content.length)
                .setImageSha512(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(content)))
                .setSizeGib(sizeGib)
                .build();
    }

    public void replaceImage(String id, byte[] content) {
        images.put(id, content);
    }

    /** Puts guests into the plan (or changes them) and sends it. */
    public synchronized void put(Guest... changed) {
        for (Guest guest : changed) {
            guests.put(guest.getId(), guest);
        }
        send();
    }

    public synchronized void remove(String... ids) {
        guests.keySet().removeAll(Arrays.asList(ids));
        send();
    }

    public synchronized void open(ConsoleSession session) {
        consoles.put(session.getId(), new FakeConsole());
        sessions.add(session);
        send();
    }

    public synchronized void closeSession(String id) {
        sessions.removeIf(session -> session.getId().equals(id));
        send();
    }

    public FakeConsole console(String session) {
        return consoles.get(session);
    }

    /** The last report of a guest. */
    public GuestReport of(String guest) {
        return seen.getOrDefault(guest, GuestReport.getDefaultInstance());
    }

    public GuestState stateOf(String guest) {
        return of(guest).getState();
    }

    private synchronized void send() {
        generation++;
        if (node != null) {
            node.onNext(plan());
        }
    }

    public synchronized HostPlan plan() {
        return HostPlan.newBuilder()
                .setGeneration(generation)
                .addAllGuests(guests.values())
                .addAllSessions(sessions)
                .build();
    }

    @Override
    public StreamObserver<NodeMessage> attach(StreamObserver<HostPlan> down) {
        attachments.incrementAndGet();
        return new StreamObserver<>() {
            @Override
            public void onNext(NodeMessage message) {
                switch (message.getMessageCase()) {
                    case HELLO -> {
                        hello = message.getHello();
                        synchronized (FakeCloud.this) {
                            node = down;
                            down.onNext(plan());
                        }
                    }
                    case REPORT -> {
                        hostReport = message.getReport();
                        message.getReport().getGuestsList().forEach(FakeCloud.this::see);
                    }
                    case GUEST -> see(message.getGuest());
                    case MESSAGE_NOT_SET -> throw new IllegalStateException();
                }
            }

            @Override
            public void onError(Throwable failure) {
                detach();
            }

            @Override
            public void onCompleted() {
                detach();
            }

            private void detach() {
                synchronized (FakeCloud.this) {
                    if (node == down) {
                        node = null;
                    }
                }
            }
        };
    }

    private void see(GuestReport report) {
        GuestReport before = seen.put(report.getGuestId(), report);
        if (before == null
                || before.getState() != report.getState()
                || before.getGeneration() != report.getGeneration()
                || !before.getFault().equals(report.getFault())) {
            reports.add(report);
        }
    }

    @Override
    public void fetchImage(ImageRequest request, StreamObserver<ImageChunk> chunks) {
        fetches.incrementAndGet();
        byte[] content = images.get(request.getImageId());
        if (content == null) {
            chunks.onError(Status.NOT_FOUND.asRuntimeException());
            return;
        }
        for (int at = (int) request.getOffset(); at < content.length; at += 1 << 20) {
            chunks.onNext(ImageChunk.newBuilder()
                    .setData(ByteString.copyFrom(content, at, Math.min(1 << 20, content.length - at)))
                    .build());
        }
        chunks.onCompleted();
    }

    /** The bytes of each capture that was stored. */
    public final Map<String, byte[]> captures = new ConcurrentHashMap<>();

    /** Why a capture was not made. */
    public final Map<String, String> captureFaults = new ConcurrentHashMap<>();

    @Override
    public StreamObserver<CaptureChunk> storeCapture(StreamObserver<CaptureStored> answer) {
        return new StreamObserver<>() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private String id = "";

            @Override
            public void onNext(CaptureChunk chunk) {
                if (!chunk.getCaptureId().isEmpty()) {
                    id = chunk.getCaptureId();
                }
                if (!chunk.getFault().isEmpty()) {
                    captureFaults.put(id, chunk.getFault());
                }
                bytes.writeBytes(chunk.getData().toByteArray());
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {
                captures.put(id, bytes.toByteArray());
                answer.onNext(CaptureStored.getDefaultInstance());
                answer.onCompleted();
            }
        };
    }

    /** What is answered to who asks for its next certificate; null as a cloud of before, which does not know the call. */
    public volatile Supplier<CertificateAnswer> certificates;

    public final AtomicInteger renewals = new AtomicInteger();

    @Override
    public void renewCertificate(CertificateRequest request, StreamObserver<CertificateAnswer> answer) {
        Supplier<CertificateAnswer> known = certificates;
        if (known == null) {
            super.renewCertificate(request, answer);
            return;
        }
        renewals.incrementAndGet();
        answer.onNext(known.get());
        answer.onCompleted();
    }

    @Override
    public StreamObserver<ConsoleBytes> console(StreamObserver<ConsoleBytes> down) {
        return new StreamObserver<>() {
            private FakeConsole console;

            @Override
            public void onNext(ConsoleBytes bytes) {
                if (console == null) {
                    console = consoles.get(bytes.getSessionId());
                    console.down = down;
                    return;
                }
                console.take(bytes);
            }

            @Override
            public void onError(Throwable failure) {
                console.ended = true;
            }

            @Override
            public void onCompleted() {
                console.ended = true;
                down.onCompleted();
            }
        };
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** The customer's end of a console session. */
    public static final class FakeConsole {
        private final StringBuffer text = new StringBuffer();
        private volatile StreamObserver<ConsoleBytes> down;
        public volatile boolean ended;
        public volatile String fault = "";

        private void take(ConsoleBytes bytes) {
            text.append(bytes.getData().toString(java.nio.charset.StandardCharsets.ISO_8859_1));
            if (!bytes.getFault().isEmpty()) {
                fault = bytes.getFault();
            }
        }

        public String text() {
            return text.toString();
        }

        public boolean isOpen() {
            return down != null;
        }

        public void type(String characters) {
            down.onNext(ConsoleBytes.newBuilder()
                    .setData(ByteString.copyFromUtf8(characters))
                    .build());
        }
    }
}
