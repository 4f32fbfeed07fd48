package dev.unkai.cloud.hosts.link;

import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.Hello;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.HostReport;
import dev.unkai.wire.node.NodeMessage;
import dev.unkai.wire.report.ToldGuests;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attached host: its newest plan goes down, its reports come up. Reports are taken one after the other in the
 * call's thread, so a slow database slows the node's messages down instead of piling them up here.
 */
final class HostLink implements StreamObserver<NodeMessage> {
    private static final Logger log = LoggerFactory.getLogger(HostLink.class);
    /** From this on a node puts a plan together of its parts. */
    private static final int PARTS = 3;
    /** After so many whole reports all guests are compared with the database again, whatever is remembered here. */
    private static final int FORGET_AFTER = 12;
    /** So many guests' reports are stored in one transaction: a host that comes back has news of all of them. */
    private static final int AT_ONCE = 25;

    private final UUID host;
    private final Optional<X509Certificate> certificate;
    private final ServerCallStreamObserver<HostPlan> out;
    private final HostLinks links;
    private final Attachments attachments;
    private final Plans plans;
    private final Reports reports;
    private final Heartbeats heartbeats;
    private final Turns turns;
    private final Executor threads;
    /** How often it was asked to look since it last began to; at most one thread looks. */
    private final AtomicInteger asked = new AtomicInteger();

    private final Semaphore ready = new Semaphore(0);
    /** Only the call's thread uses it. */
    private final ToldGuests told = new ToldGuests();
    /** What each guest was last reported as and stored; only the call's thread uses it. */
    private final Map<String, GuestReport> stored = new HashMap<>();

    private long attachment;
    private int wholeReports;
    /** With its newest whole report. */
    private Heartbeats.@Nullable Heard heard;

    /** While it waits for its first plan, before which it reports nothing. */
    private volatile Heartbeats.@Nullable Heard arriving;

    private volatile long sent = -1;
    /** The plan that the host has by this call, as far as is known here: the next says what is not as in it; 0: the next is whole. */
    private volatile long base;

    private volatile boolean inParts;
    /** The plan that was sent, and that the host did not know at its last whole report; -1 when it knew it. */
    private long unknownPlan = -1;

    private volatile boolean ended;
    private volatile boolean forget;
    /** Whether a plan may have left guests away that the host has not yet been seen without. */
    private volatile boolean removing = true;

    HostLink(
            UUID host,
            Optional<X509Certificate> certificate,
            ServerCallStreamObserver<HostPlan> out,
            HostLinks links,
            Attachments attachments,
            Plans plans,
            Reports reports,
            Heartbeats heartbeats,
            Turns turns,
            Executor threads) {
        this.host = host;
        this.certificate = certificate;
        this.out = out;
        this.links = links;
        this.attachments = attachments;
        this.plans = plans;
        this.reports = reports;
        this.threads = threads;
        this.heartbeats = heartbeats;
        this.turns = turns;
        out.setOnReadyHandler(ready::release);
        out.setOnCancelHandler(this::leave);
    }

    @Override
    public void onNext(NodeMessage message) {
        if (ended) {
            return;
        }
        try {
            switch (message.getMessageCase()) {
                case HELLO -> hello(message.getHello());
                case REPORT -> whole(message.getReport());
                case GUEST -> {
                    told.tell(message.getGuest());
                    stillThere(() -> guest(message.getGuest()));
                }
                case MESSAGE_NOT_SET -> log.debug("Host {} sent a message of a newer version", host);
            }
        } catch (Attachments.Removed e) {
            end(Status.PERMISSION_DENIED.withDescription(
                    "The host has been removed. It can join again with a new token."));
        } catch (RuntimeException e) { // the node says it all again: nothing is lost by letting go
            log.warn("A report of host {} could not be stored; it is asked for again: {}", host, e.getMessage());
            log.debug("Why", e);
            end(Status.UNAVAILABLE.withDescription("The report could not be stored; attach again."));
        }
    }

    private void hello(Hello hello) {
        if (attachment > 0 || !hello.getHostId().equals(host.toString())) {
            end(Status.PERMISSION_DENIED.withDescription(
                    "The hello names host " + hello.getHostId() + ", the certificate names " + host + "."));
            return;
        }
        inParts = hello.getProtocol() >= PARTS;
        attachment = turns.take(() -> attachments.attach(host, hello, certificate));
        links.add(host, this);
        log.info("Host {} ({}) is attached", hello.getName(), host);
        var came = new Heartbeats.Heard(this, attachment, null);
        arriving = came;
        heartbeats.hold(host, came);
        if (ended) { // in the meantime, when there was nothing to release yet
            arrived();
        }
        look();
    }

    private void whole(HostReport report) {
        requireHello();
        if (++wholeReports % FORGET_AFTER == 0 || forget) {
            forget = false;
            stored.clear();
        }
        heard = new Heartbeats.Heard(this, attachment, report);
        stillThere(() -> store(report));
    }

    /** While what it says is being stored, the host is not silent, however many others are before it in the queue. */
    private void stillThere(Runnable storing) {
        if (heard == null) {
            storing.run();
        } else {
            heartbeats.note(host, heard, storing);
        }
    }

    private void store(HostReport report) {
        sendAgainWhatWasLost(report.getPlanGeneration());
        Set<UUID> listed = new HashSet<>();
        List<GuestReport> fresh = new ArrayList<>();
        for (GuestReport guest : told.tell(report)) {
            listed.add(UUID.fromString(guest.getGuestId()));
            if (!isRepeated(guest)) {
                fresh.add(guest);
            }
        }
        if (!fresh.isEmpty()) {
            List<GuestReport> news = turns.take(() -> reports.news(host, fresh));
            Set<GuestReport> known = new HashSet<>(fresh);
            news.forEach(known::remove);
            known.forEach(guest -> stored.put(guest.getGuestId(), guest));
            for (int next = 0; next < news.size() && !ended; next += AT_ONCE) {
                take(news.subList(next, Math.min(next + AT_ONCE, news.size())));
            }
        }
        takeRemovals(listed, report.getPlanGeneration());
    }

    /** Guests may only be awaiting removal while a plan is out that left some away. */
    private void takeRemovals(Set<UUID> listed, long planGeneration) {
        if (!removing && wholeReports % FORGET_AFTER != 0) {
            return;
        }
        removing = false; // a plan that is sent from here on says so again
        List<Reports.Removal> removals = turns.take(() -> reports.removals(host));
        for (Reports.Removal removal : removals) {
            if (!listed.contains(removal.server()) && removal.planGeneration() <= planGeneration) {
                turns.run(() -> reports.gone(host, attachment, removal.server(), planGeneration));
                stored.remove(removal.server().toString());
            } else {
                removing = true;
            }
        }
    }

    /** A plan that is still not known a whole report later did not arrive, or was not taken: it is sent again. */
    private void sendAgainWhatWasLost(long known) {
        long newest = sent;
        if (known >= newest) {
            unknownPlan = -1;
        } else if (unknownPlan != newest) {
            unknownPlan = newest;
        } else {
            unknownPlan = -1;
            base = 0;
            sent = known;
            look();
        }
    }

    private void guest(GuestReport report) {
        requireHello();
        if (!isRepeated(report)) {
            take(List.of(report));
        }
    }

    /** One guest's trouble is not that of others, nor its host's: the next whole report says it again. */
    private void take(List<GuestReport> some) {
        try {
            turns.run(() -> reports.take(host, attachment, some));
            some.forEach(report -> stored.put(report.getGuestId(), report));
        } catch (RuntimeException e) {
            if (some.size() > 1) {
                some.forEach(report -> take(List.of(report)));
            } else {
                log.warn(
                        "The report of guest {} on host {} could not be stored",
                        some.getFirst().getGuestId(),
                        host,
                        e);
            }
        }
    }

    private boolean isRepeated(GuestReport report) {
        GuestReport last = stored.get(report.getGuestId());
        return last == report
                || last != null
                        && last.getState() == report.getState()
                        && last.getGeneration() == report.getGeneration()
                        && last.getStoppedByGuest() == report.getStoppedByGuest()
                        && last.getFault().equals(report.getFault())
                        && last.getArrival().equals(report.getArrival())
                        && last.getDeparture().equals(report.getDeparture());
    }

    private void requireHello() {
        if (attachment == 0) {
            throw new IllegalStateException("The first message of a node has to be its hello");
        }
    }

    long sent() {
        return sent;
    }

    boolean isOpen() {
        return !ended;
    }

    /** The host had been called unknown, and its guests too: what it reports next is news, even if it says what it said before. */
    void forget() {
        forget = true;
    }

    /** The host's plan may have changed. */
    void look() {
        if (asked.getAndIncrement() == 0) {
            threads.execute(this::sendPlans);
        }
    }

    private void sendPlans() {
        try {
            int heard;
            do {
                heard = asked.get();
                if (!ended) {
                    sendNewer();
                }
            } while (!asked.compareAndSet(heard, 0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // the node attaches again and gets the newest plan first
            log.warn("The plan of host {} could not be sent; it will attach again: {}", host, e.getMessage());
            end(Status.UNAVAILABLE.withDescription("The plan could not be read; attach again."));
        }
    }

    private void sendNewer() throws InterruptedException {
        var newer = turns.take(() -> plans.newer(host, sent, base));
        if (newer.isPresent() && awaitReady()) {
            send(newer.get());
        }
    }

    private void arrived() {
        Heartbeats.Heard came = arriving;
        if (came != null) {
            heartbeats.release(host, came);
            arriving = null;
        }
    }

    private boolean awaitReady() throws InterruptedException {
        while (!ended && !out.isReady()) {
            ready.tryAcquire(1, TimeUnit.SECONDS);
        }
        return !ended;
    }

    private synchronized void send(HostPlan plan) {
        if (!ended) {
            out.onNext(plan);
            sent = plan.getGeneration();
            base = inParts ? plan.getGeneration() : 0;
            removing = true;
            arrived();
        }
    }

    /** Ends the call; the node will attach again. */
    synchronized void end(Status status) {
        if (!ended) {
            leave();
            out.onError(status.asRuntimeException());
        }
    }

    @Override
    public void onError(Throwable cause) {
        leave();
    }

    @Override
    public synchronized void onCompleted() {
        if (!ended) {
            leave();
            out.onCompleted();
        }
    }

    private void leave() {
        if (!ended) {
            ended = true;
            arrived();
            links.remove(host, this);
            log.info("Host {} is not attached here any more", host);
        }
    }
}
