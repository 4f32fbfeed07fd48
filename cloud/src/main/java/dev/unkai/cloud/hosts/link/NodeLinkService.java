package dev.unkai.cloud.hosts.link;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.hosts.Removal;
import dev.unkai.cloud.hosts.console.ConsoleCall;
import dev.unkai.cloud.hosts.console.Relays;
import dev.unkai.cloud.hosts.join.Renewal;
import dev.unkai.wire.node.CaptureChunk;
import dev.unkai.wire.node.CaptureStored;
import dev.unkai.wire.node.CertificateAnswer;
import dev.unkai.wire.node.CertificateRequest;
import dev.unkai.wire.node.ConsoleBytes;
import dev.unkai.wire.node.FirewallLogPart;
import dev.unkai.wire.node.FirewallLogPosition;
import dev.unkai.wire.node.GuestPassword;
import dev.unkai.wire.node.GuestPasswordAnswer;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.ImageChunk;
import dev.unkai.wire.node.ImageRequest;
import dev.unkai.wire.node.LeaveAnswer;
import dev.unkai.wire.node.LeaveRequest;
import dev.unkai.wire.node.LogIns;
import dev.unkai.wire.node.LogInsTaken;
import dev.unkai.wire.node.NodeLinkGrpc;
import dev.unkai.wire.node.NodeMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The calls that nodes make. */
@Component
class NodeLinkService extends NodeLinkGrpc.NodeLinkImplBase {
    private static final Logger log = LoggerFactory.getLogger(NodeLinkService.class);

    private final HostLinks links;
    private final Attachments attachments;
    private final Plans plans;
    private final PlanThreads threads;
    private final Reports reports;
    private final Heartbeats heartbeats;
    private final Turns turns;
    private final ImageSender images;
    private final CaptureReceiver captures;
    private final Relays relays;
    private final Removal removal;
    private final FirewallReports firewall;
    private final Renewal renewal;
    private final LogInReports logIns;
    private final GuestPasswordReports passwords;

    NodeLinkService(
            HostLinks links,
            Attachments attachments,
            Plans plans,
            PlanThreads threads,
            Reports reports,
            Heartbeats heartbeats,
            Turns turns,
            ImageSender images,
            CaptureReceiver captures,
            Relays relays,
            Removal removal,
            FirewallReports firewall,
            Renewal renewal,
            LogInReports logIns,
            GuestPasswordReports passwords) {
        this.links = links;
        this.attachments = attachments;
        this.plans = plans;
        this.threads = threads;
        this.reports = reports;
        this.heartbeats = heartbeats;
        this.turns = turns;
        this.images = images;
        this.captures = captures;
        this.relays = relays;
        this.removal = removal;
        this.firewall = firewall;
        this.renewal = renewal;
        this.logIns = logIns;
        this.passwords = passwords;
    }

    @Override
    public StreamObserver<NodeMessage> attach(StreamObserver<HostPlan> plansOut) {
        return new HostLink(
                PeerHost.current(),
                PeerHost.certificate(),
                (ServerCallStreamObserver<HostPlan>) plansOut,
                links,
                attachments,
                plans,
                reports,
                heartbeats,
                turns,
                threads);
    }

    @Override
    public void fetchImage(ImageRequest request, StreamObserver<ImageChunk> chunks) {
        images.send(PeerHost.current(), request, (ServerCallStreamObserver<ImageChunk>) chunks);
    }

    @Override
    public StreamObserver<CaptureChunk> storeCapture(StreamObserver<CaptureStored> answer) {
        return captures.receive(PeerHost.current(), (ServerCallStreamObserver<CaptureStored>) answer);
    }

    @Override
    public StreamObserver<ConsoleBytes> console(StreamObserver<ConsoleBytes> toHost) {
        return new ConsoleCall(PeerHost.current(), (ServerCallStreamObserver<ConsoleBytes>) toHost, relays);
    }

    @Override
    public void leave(LeaveRequest request, StreamObserver<LeaveAnswer> answer) {
        LeaveAnswer.Builder said = LeaveAnswer.newBuilder();
        try {
            removal.leave(PeerHost.current());
        } catch (Refusal refusal) {
            if (refusal.kind() != Refusal.Kind.NOT_FOUND) { // one that is gone already has nothing to wait for
                said.setRefusal(refusal.sentence());
            }
        }
        answer.onNext(said.build());
        answer.onCompleted();
    }

    @Override
    public void renewCertificate(CertificateRequest request, StreamObserver<CertificateAnswer> answer) {
        CertificateAnswer.Builder said = CertificateAnswer.newBuilder();
        try {
            said.setCertificate(renewal.renew(
                    PeerHost.current(), PeerHost.certificate().orElseThrow().getPublicKey()));
        } catch (Refusal refusal) {
            said.setRefusal(refusal.sentence());
        }
        answer.onNext(said.build());
        answer.onCompleted();
    }

    @Override
    public void tellLogIns(LogIns told, StreamObserver<LogInsTaken> answer) {
        try {
            logIns.take(PeerHost.current(), told);
            answer.onNext(LogInsTaken.getDefaultInstance());
            answer.onCompleted();
        } catch (RuntimeException e) { // the node tells them again
            log.warn("Log-ins on host {} could not be stored: {}", PeerHost.current(), e.getMessage());
            answer.onError(Status.UNAVAILABLE
                    .withDescription("The log-ins could not be stored; tell them again.")
                    .asRuntimeException());
        }
    }

    @Override
    public void storeFirewallLog(FirewallLogPart part, StreamObserver<FirewallLogPosition> answer) {
        try {
            long position = firewall.take(PeerHost.current(), part);
            answer.onNext(FirewallLogPosition.newBuilder().setPosition(position).build());
            answer.onCompleted();
        } catch (RuntimeException e) { // the node sends it again
            log.warn("A part of host {}'s firewall log could not be stored: {}", PeerHost.current(), e.getMessage());
            answer.onError(Status.UNAVAILABLE
                    .withDescription("The part could not be stored; send it again.")
                    .asRuntimeException());
        }
    }

    @Override
    public void storeGuestPassword(GuestPassword left, StreamObserver<GuestPasswordAnswer> answer) {
        boolean taken;
        try {
            taken = passwords.take(PeerHost.current(), left);
        } catch (Refusal | IllegalArgumentException refused) {
            answer.onError(Status.FAILED_PRECONDITION
                    .withDescription("No password of this guest is taken from this host.")
                    .asRuntimeException());
            return;
        } catch (RuntimeException e) { // the guest is told to try again
            log.warn("A password of guest {} could not be stored: {}", left.getGuestId(), e.getMessage());
            answer.onError(Status.UNAVAILABLE
                    .withDescription("It could not be stored; try again.")
                    .asRuntimeException());
            return;
        }
        answer.onNext(GuestPasswordAnswer.newBuilder().setTaken(taken).build());
        answer.onCompleted();
    }
}
