package dev.unkai.node.metadata;

import dev.unkai.wire.metadata.MetadataPort;
import dev.unkai.wire.node.HostPlan;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one place of the metadata service for every network that guests here are on: a namespace of its own with a server in it, so that
 * networks with the same addresses never meet. {@link #converge} takes no arguments: it compares the plan with what is there.
 */
public final class MetadataService {
    private static final Logger log = LoggerFactory.getLogger(MetadataService.class);
    private static final int LOOK_AGAIN_SECONDS = 30;
    private static final int TRY_AGAIN_SECONDS = 2;

    /** @param neighbours what its namespace was told of where guests are */
    private record Place(
            NetworkNamespace namespace, MetadataServer server, int mtu, Map<InetAddress, String> neighbours) {
        void leave() {
            server.close();
            namespace.close();
        }
    }

    private final MetadataSwitch bridge;
    private final GuestPasswords passwords;
    private final RunningDevices devices;
    private final ScheduledExecutorService timer;

    /** Its only thread does all the work, so nothing here is locked. */
    private final ScheduledExecutorService worker;

    private final Map<UUID, Place> places = new HashMap<>();
    private volatile MetadataGuests guests = MetadataGuests.NONE;
    private boolean failing;

    /**
     * @param timer ends connections that take too long
     * @param worker a single thread
     */
    public MetadataService(
            MetadataSwitch bridge,
            GuestPasswords passwords,
            RunningDevices devices,
            ScheduledExecutorService timer,
            ScheduledExecutorService worker) {
        this.bridge = bridge;
        this.passwords = passwords;
        this.devices = devices;
        this.timer = timer;
        this.worker = worker;
    }

    public void start() {
        worker.scheduleWithFixedDelay(this::lookAround, 0, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes a new plan: from now on its guests are answered; networks come and go soon after. */
    public void apply(HostPlan plan) {
        MetadataGuests next = MetadataGuests.of(plan);
        MetadataGuests before = guests;
        guests = next;
        if (!before.mtus().equals(next.mtus()) || !before.neighbours().equals(next.neighbours())) {
            worker.execute(this::converge);
        }
    }

    /** Opens and closes places until they are those of the plan. */
    private void converge() {
        MetadataGuests wanted = guests;
        boolean failed = false;
        for (UUID network : Set.copyOf(places.keySet())) {
            if (!wanted.byNetwork().containsKey(network)) {
                close(network);
            }
        }
        for (Map.Entry<UUID, Integer> network : wanted.mtus().entrySet()) {
            Place place = places.get(network.getKey());
            if (place != null && place.mtu() != network.getValue()) {
                close(network.getKey());
            }
            if (!places.containsKey(network.getKey())) {
                failed |= !open(network.getKey(), network.getValue());
            }
            failed |= !acquaint(network.getKey(), wanted.neighbours().getOrDefault(network.getKey(), Map.of()));
        }
        if (failed) {
            worker.schedule(this::converge, TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
        }
        failing = failed;
    }

    /** Finds what changed behind our back: a switch that was made anew, ports of a node of before. */
    private void lookAround() {
        try {
            Map<String, Integer> ports = bridge.ports();
            for (UUID network : Set.copyOf(places.keySet())) {
                Integer number = ports.remove(MetadataSwitch.outer(network));
                if (number == null || number < 0) {
                    log.info("The metadata port of network {} is gone; making it anew", network);
                    close(network);
                }
            }
            for (String stale : ports.keySet()) {
                bridge.remove(stale);
            }
            converge();
        } catch (IOException e) {
            log.debug("The switch cannot be asked: {}", e.getMessage());
        } catch (RuntimeException | Error e) { // what is thrown here would end the looking for good
            log.warn("The metadata service could not be looked over", e);
        }
    }

    /** False when it has to be tried again; then nothing is left that the next try would not take away first. */
    private boolean open(UUID network, int mtu) {
        NetworkNamespace namespace = null;
        try {
            namespace = NetworkNamespace.create();
            ServerSocketChannel[] listeners = namespace.call(() -> {
                bridge.plug(network, mtu);
                return listen();
            });
            MetadataServer server = new MetadataServer(
                    source -> guests.find(network, source).map(devices::complete), passwords, timer, listeners);
            places.put(network, new Place(namespace, server, mtu, Map.of()));
            return true;
        } catch (Exception e) {
            if (namespace != null) {
                namespace.close();
            }
            if (!failing) {
                log.warn("Guests of network {} have no metadata service yet: {}", network, e.getMessage());
            }
            return false;
        }
    }

    /** Tells a place where its guests are; false when it has to be told again. */
    private boolean acquaint(UUID network, Map<InetAddress, String> neighbours) {
        Place place = places.get(network);
        if (place == null || place.neighbours().equals(neighbours)) {
            return true;
        }
        try {
            place.namespace().call(() -> {
                MetadataSwitch.acquaint(place.neighbours(), neighbours);
                return true;
            });
            places.put(network, new Place(place.namespace(), place.server(), place.mtu(), neighbours));
            return true;
        } catch (Exception e) {
            if (!failing) {
                log.warn("Guests of network {} have no metadata service by IPv6 yet: {}", network, e.getMessage());
            }
            return false;
        }
    }

    private void close(UUID network) {
        Place place = places.remove(network);
        if (place == null) {
            return;
        }
        try {
            bridge.unplug(network);
        } catch (IOException e) {
            log.debug("The port goes when the switch is looked over: {}", e.getMessage());
        }
        place.leave();
    }

    /** In the calling thread's namespace. */
    private static ServerSocketChannel[] listen() throws IOException {
        ServerSocketChannel version4 = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            version4.bind(new InetSocketAddress(InetAddress.ofLiteral(MetadataPort.ADDRESS), MetadataPort.HTTP));
            if (!MetadataSwitch.VERSION_6) {
                return new ServerSocketChannel[] {version4};
            }
            ServerSocketChannel version6 = ServerSocketChannel.open(StandardProtocolFamily.INET6);
            int scope = NetworkInterface.getByName(MetadataSwitch.DEVICE).getIndex();
            byte[] address = InetAddress.ofLiteral(MetadataPort.ADDRESS_V6).getAddress();
            version6.bind(
                    new InetSocketAddress(Inet6Address.getByAddress("metadata", address, scope), MetadataPort.HTTP));
            return new ServerSocketChannel[] {version4, version6};
        } catch (IOException e) {
            version4.close();
            throw e;
        }
    }
}
