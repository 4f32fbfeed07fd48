package dev.unkai.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudLinkTest {
    /** A cloud that sends what the test tells it to, on the newest call. */
    private static final class Cloud extends NodeLinkGrpc.NodeLinkImplBase {
        private final List<StreamObserver<HostPlan>> calls = new CopyOnWriteArrayList<>();
        private final List<HostReport> reports = new CopyOnWriteArrayList<>();

        @Override
        public StreamObserver<NodeMessage> attach(StreamObserver<HostPlan> down) {
            calls.add(down);
            return new StreamObserver<>() {
                @Override
                public void onNext(NodeMessage message) {
                    if (message.hasReport()) {
                        reports.add(message.getReport());
                    }
                }

                @Override
                public void onError(Throwable cause) {}

                @Override
                public void onCompleted() {}
            };
        }

        void send(HostPlan.Builder plan) {
            calls.getLast().onNext(plan.build());
        }
    }

    private final Cloud cloud = new Cloud();
    private final List<HostPlan> plans = new CopyOnWriteArrayList<>();
    /** What comes after the end of a test is nobody's any more. */
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

    private volatile HostReport report = HostReport.getDefaultInstance();
    private CloudLink link;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(cloud)
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
                .usePlaintext()
                .build();
        link = new CloudLink(channel, Hello::getDefaultInstance, () -> report, plans::add);
        link.start(timer);
        await().until(() -> cloud.calls.size() == 1);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void aPlanInPartsIsActedOnWhole() {
        cloud.send(whole(1, "a", "b"));
        cloud.send(parts(2, 1, 2).addGuests(guest("c")).addLeft("a"));

        await().until(() -> plans.size() == 2);
        assertThat(plans.getLast()).isEqualTo(whole(2, "b", "c").build());
    }

    @Test
    void partsThatDoNotGoWithThePlanBeforeAreNotActedOnAndTheNextCallBringsAWholeOne() {
        cloud.send(whole(1, "a", "b"));
        cloud.send(parts(3, 2, 2).addLeft("a"));

        await().until(() -> cloud.calls.size() == 2);
        cloud.send(whole(3, "b"));
        await().until(() -> plans.size() == 2);
        assertThat(plans)
                .containsExactly(whole(1, "a", "b").build(), whole(3, "b").build());
    }

    @Test
    void aReportLeavesOutWhatTheCallHasToldIfTheCloudRemembersItAndNamesAllOnTheNextCall() {
        report = HostReport.newBuilder()
                .addGuests(GuestReport.newBuilder().setGuestId("a"))
                .build();
        HostReport asTold = HostReport.newBuilder().setAsTold(true).build();
        cloud.send(whole(1, "a").setRemembers(true));
        await().until(() -> plans.size() == 1);
        link.sendReport();
        await().until(() -> cloud.reports.size() == 2);

        cloud.calls.getLast().onCompleted();
        await().until(() -> cloud.calls.size() == 2);
        cloud.send(whole(1, "a").setRemembers(true));
        await().until(() -> plans.size() == 2);
        assertThat(cloud.reports).startsWith(report, asTold, report);
    }

    @Test
    void aCloudThatRemembersNothingIsToldAllEachTime() {
        report = HostReport.newBuilder()
                .addGuests(GuestReport.newBuilder().setGuestId("a"))
                .build();
        cloud.send(whole(1, "a"));
        await().until(() -> plans.size() == 1);
        link.sendReport();

        await().until(() -> cloud.reports.size() == 2);
        assertThat(cloud.reports).containsOnly(report);
    }

    private static HostPlan.Builder whole(long generation, String... guests) {
        HostPlan.Builder plan = HostPlan.newBuilder().setGeneration(generation);
        for (String guest : guests) {
            plan.addGuests(guest(guest));
        }
        return plan;
    }

    private static HostPlan.Builder parts(long generation, long since, int guests) {
        return HostPlan.newBuilder().setGeneration(generation).setSince(since).setGuestCount(guests);
    }

    private static Guest guest(String id) {
        return Guest.newBuilder().setId(id).build();
    }
}
