package dev.unkai.bench;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostFacts;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import dev.unkai.wire.node.Power;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A roomy host that speaks the node protocol over mutual TLS and says at once of every guest that it is as wanted. */
final class SimulatedHost implements AutoCloseable {
    private static final int REPORT_SECONDS = 3;

    private final UUID id;
    private final ManagedChannel channel;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulated-host").factory());
    private final Map<String, GuestReport> guests = new HashMap<>();
    private final StreamObserver<NodeMessage> up;
    private long generation;

    /** @param authority directory with the site's {@code ca.crt} and {@code ca.key} */
    SimulatedHost(UUID id, Path authority, int port) throws IOException, InterruptedException {
        this.id = id;
        HostCertificate own = HostCertificate.issue(authority, id);
        this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(own.certificate().toFile(), own.key().toFile())
                        .trustManager(authority.resolve("ca.crt").toFile())
                        .build())
                .build();
        this.up = NodeLinkGrpc.newStub(channel).attach(new StreamObserver<>() {
            @Override
            public void onNext(HostPlan plan) {
                thread.execute(() -> follow(plan));
            }

            @Override
            public void onError(Throwable cause) {
                System.err.println("The simulated host lost its connection: " + cause.getMessage());
            }

            @Override
            public void onCompleted() {
                System.err.println("The simulated host was sent away");
            }
        });
        send(NodeMessage.newBuilder().setHello(hello()));
        thread.scheduleWithFixedDelay(this::reportAll, 0, REPORT_SECONDS, TimeUnit.SECONDS);
    }

    /** A zone of its own: nothing is placed on hosts that earlier runs have left. */
    String zone() {
        return "simulated-" + id.toString().substring(0, 8);
    }

    private Hello.Builder hello() {
        return Hello.newBuilder()
                .setHostId(id.toString())
                .setName(zone())
                .setZone(zone())
                .setProtocol(1)
                .setFacts(HostFacts.newBuilder()
                        .setVcpus(100_000)
                        .setMemoryMib(100_000_000)
                        .setDiskGib(10_000_000)
                        .setAcceleration("kvm")
                        .setNodeVersion("simulated"));
    }

    private void follow(HostPlan plan) {
        if (plan.getGeneration() < generation) {
            return;
        }
        generation = plan.getGeneration();
        Set<String> wanted = new HashSet<>();
        for (Guest guest : plan.getGuestsList()) {
            wanted.add(guest.getId());
            GuestReport was = guests.get(guest.getId());
            if (was == null || was.getGeneration() != guest.getGeneration()) {
                GuestReport now = GuestReport.newBuilder()
                        .setGuestId(guest.getId())
                        .setGeneration(guest.getGeneration())
                        .setState(state(guest.getPower()))
                        .setSinceMillis(System.currentTimeMillis())
                        .setPlanGeneration(generation)
                        .build();
                guests.put(guest.getId(), now);
                send(NodeMessage.newBuilder().setGuest(now));
            }
        }
        for (String gone : Set.copyOf(guests.keySet())) {
            if (!wanted.contains(gone)) {
                guests.remove(gone);
                send(NodeMessage.newBuilder()
                        .setGuest(GuestReport.newBuilder()
                                .setGuestId(gone)
                                .setState(GuestState.ABSENT)
                                .setPlanGeneration(generation)));
            }
        }
    }

    private static GuestState state(Power power) {
        return switch (power) {
            case ON -> GuestState.RUNNING;
            case PAUSE -> GuestState.PAUSED;
            case SUSPEND -> GuestState.SUSPENDED;
            case OFF, POWER_UNSPECIFIED, UNRECOGNIZED -> GuestState.STOPPED;
        };
    }

    private void reportAll() {
        send(NodeMessage.newBuilder()
                .setReport(HostReport.newBuilder()
                        .setPlanGeneration(generation)
                        .addAllGuests(guests.values())
                        .setDiskFreeGib(10_000_000)
                        .setMemoryFreeMib(100_000_000)));
    }

    private void send(NodeMessage.Builder message) {
        up.onNext(message.build());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        channel.shutdownNow();
    }
}
