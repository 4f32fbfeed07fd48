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
import dev.unkai.wire.plan.WholePlan;
import dev.unkai.wire.report.ToldGuests;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A host that speaks the node protocol over mutual TLS and says at once of every guest that it is as wanted. What its first plan holds it
 * has already, as a node that was restarted. Sent away, it comes back.
 */
final class SimulatedHost implements AutoCloseable {
    private static final int REPORT_SECONDS = 5;
    private static final int RETURN_MILLIS = 500;

    /** A host as it introduces itself. */
    record Face(UUID id, String name, String zone, int vcpus, long memoryMib, long diskGib) {
        /** Room for any number, and a zone of its own: nothing is placed on hosts that earlier runs have left. */
        static Face roomy() {
            UUID id = UUID.randomUUID();
            String name = "simulated-" + id.toString().substring(0, 8);
            return new Face(id, name, name, 100_000, 100_000_000, 10_000_000);
        }
    }

    private final Face face;
    private final SimulatedHosts among;
    private final ManagedChannel channel;
    private final Map<String, GuestReport> guests = new HashMap<>();
    private final ScheduledFuture<?> reporting;
    private @Nullable StreamObserver<NodeMessage> up;
    private @Nullable HostPlan plan;
    private ToldGuests told = new ToldGuests();
    private long generation;
    private boolean fresh = true;
    private boolean closed;

    SimulatedHost(Face face, SimulatedHosts among, ManagedChannel channel) {
        this.face = face;
        this.among = among;
        this.channel = channel;
        // Spread over the period: a thousand hosts do not report in the same moment.
        long first = ThreadLocalRandom.current().nextLong(TimeUnit.SECONDS.toMillis(REPORT_SECONDS));
        this.reporting = among.clock()
                .scheduleWithFixedDelay(
                        this::reportAll, first, TimeUnit.SECONDS.toMillis(REPORT_SECONDS), TimeUnit.MILLISECONDS);
        attach();
    }

    String zone() {
        return face.zone();
    }

    private synchronized void attach() {
        if (closed) {
            return;
        }
        plan = null;
        told = new ToldGuests();
        up = NodeLinkGrpc.newStub(channel).attach(new StreamObserver<>() {
            @Override
            public void onNext(HostPlan plan) {
                follow(plan);
            }

            @Override
            public void onError(Throwable cause) {
                leave(Status.fromThrowable(cause).toString());
            }

            @Override
            public void onCompleted() {
                leave("sent away");
            }
        });
        send(NodeMessage.newBuilder().setHello(hello()));
    }

    private synchronized void leave(String reason) {
        up = null;
        if (!closed) {
            among.left(reason);
            among.clock().schedule(this::attach, RETURN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Hello.Builder hello() {
        return Hello.newBuilder()
                .setHostId(face.id().toString())
                .setName(face.name())
                .setZone(face.zone())
                .setProtocol(4)
                .setFacts(HostFacts.newBuilder()
                        .setVcpus(face.vcpus())
                        .setMemoryMib(face.memoryMib())
                        .setDiskGib(face.diskGib())
                        .setAcceleration("kvm")
                        .setNodeVersion("simulated"));
    }

    private synchronized void follow(HostPlan came) {
        // A call that brings parts that do not go with what came before would be a fault of the cloud: the run is to
        // fail by it.
        plan = WholePlan.of(plan, came).orElseThrow();
        generation = plan.getGeneration();
        Set<String> wanted = new HashSet<>();
        for (Guest guest : plan.getGuestsList()) {
            wanted.add(guest.getId());
            GuestReport was = guests.get(guest.getId());
            GuestState state = guest.getHeld() ? GuestState.PREPARING : state(guest.getPower());
            if (was == null || was.getGeneration() != guest.getGeneration() || was.getState() != state) {
                GuestReport now = GuestReport.newBuilder()
                        .setGuestId(guest.getId())
                        .setGeneration(guest.getGeneration())
                        .setState(state)
                        .setSinceMillis(System.currentTimeMillis())
                        .setPlanGeneration(generation)
                        .build();
                guests.put(guest.getId(), now);
                if (!fresh) {
                    send(now);
                }
            }
        }
        for (String gone : Set.copyOf(guests.keySet())) {
            if (!wanted.contains(gone)) {
                guests.remove(gone);
                send(GuestReport.newBuilder()
                        .setGuestId(gone)
                        .setState(GuestState.ABSENT)
                        .setPlanGeneration(generation)
                        .build());
            }
        }
        if (fresh) {
            fresh = false;
            reportAll();
            among.planned();
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

    private synchronized void reportAll() {
        if (fresh) {
            return; // nothing is known before the first plan
        }
        HostReport report = told.shortened(HostReport.newBuilder()
                .setPlanGeneration(generation)
                .addAllGuests(guests.values())
                .setDiskFreeGib(face.diskGib())
                .setMemoryFreeMib(face.memoryMib())
                .build());
        told.tell(report);
        send(NodeMessage.newBuilder().setReport(report));
    }

    private void send(GuestReport guest) {
        told.tell(guest);
        send(NodeMessage.newBuilder().setGuest(guest));
    }

    private synchronized void send(NodeMessage.Builder message) {
        StreamObserver<NodeMessage> open = up;
        if (open != null) {
            try {
                open.onNext(message.build());
            } catch (IllegalStateException e) {
                // The call has ended meanwhile; onError brings the host back.
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        reporting.cancel(false);
        channel.shutdownNow();
    }
}
