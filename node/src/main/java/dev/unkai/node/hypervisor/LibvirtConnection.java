package dev.unkai.node.hypervisor;

import com.sun.jna.Pointer;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.ErrorCallback;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.DomainEventType;
import org.libvirt.event.LifecycleListener;
import org.libvirt.event.StoppedDetail;
import org.libvirt.jna.virError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection to libvirt, kept open, made anew when it breaks; and libvirt's event loop. */
public final class LibvirtConnection {
    private static final Logger log = LoggerFactory.getLogger(LibvirtConnection.class);

    /** Seconds between probes of a silent libvirt, and how many may stay unanswered. */
    private static final int KEEP_ALIVE_SECONDS = 5;

    private static final int KEEP_ALIVE_COUNT = 3;

    /** How long to leave libvirt alone after it could not be reached. */
    private static final long RECONNECT_MILLIS = 500;

    /**
     * VIR_DOMAIN_EVENT_SHUTDOWN_HOST: QEMU was sent a signal, as when the host goes down. The STOPPED event that follows
     * looks as if the guest had switched itself off, and then it would not come back with the host.
     */
    private static final int SHUTDOWN_BY_HOST = 2;

    private static final Field DETAIL = detailField();

    private final Set<UUID> endedByHost = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Long> suspended = new ConcurrentHashMap<>();
    private final String uri;
    private final Hypervisor.Listener listener;

    /** Both held here, because native code does not keep them from the garbage collector. */
    private final LifecycleListener events = this::onEvent;

    private final ErrorCallback silence = new ErrorCallback() {
        @Override
        public void errorCallback(Pointer data, virError error) {}
    };

    private @Nullable Connect connection;
    private long refusedAt;
    private String refusal = "";

    public LibvirtConnection(String uri, Hypervisor.Listener listener) {
        this.uri = uri;
        this.listener = listener;
    }

    /** Starts libvirt's event loop; to be called once in a process, before the first connection. */
    public void startEvents() {
        try {
            // libvirt would print every error itself; what matters comes as an exception
            Connect.setErrorCallback(silence);
            Library.initEventLoop();
        } catch (LibvirtException e) {
            throw new IllegalStateException("libvirt's event loop cannot start: " + e.getMessage(), e);
        }
        Thread.ofPlatform().daemon().name("libvirt-events").start(() -> {
            while (true) {
                try {
                    Library.processEvent();
                } catch (LibvirtException e) {
                    log.warn("libvirt's event loop: {}", e.getMessage());
                }
            }
        });
        Thread.ofPlatform().daemon().name("libvirt-watch").start(this::watch);
    }

    /** The open connection; throws {@link HypervisorUnavailable} when there is none to be had. */
    public synchronized Connect open() {
        if (connection != null) {
            return connection;
        }
        if (System.currentTimeMillis() - refusedAt < RECONNECT_MILLIS) {
            throw new HypervisorUnavailable(refusal);
        }
        try {
            Connect made = new Connect(uri);
            made.setKeepAlive(KEEP_ALIVE_SECONDS, KEEP_ALIVE_COUNT);
            made.addLifecycleListener(events);
            connection = made;
        } catch (LibvirtException e) {
            refusedAt = System.currentTimeMillis();
            refusal = "libvirt on this host does not answer (" + e.getMessage() + ")";
            throw new HypervisorUnavailable(refusal, e);
        }
        log.info("Connected to libvirt");
        Thread.startVirtualThread(listener::connected);
        return connection;
    }

    String uri() {
        return uri;
    }

    /** When the guest was last seen to stand still (System.nanoTime). */
    OptionalLong suspendedAt(UUID guest) {
        Long at = suspended.get(guest);
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** Whether {@code used} no longer works; if so the next {@link #open} makes a new one. */
    public synchronized boolean isLost(Connect used) {
        if (used != connection) {
            return true;
        }
        boolean alive;
        try {
            alive = used.isAlive();
        } catch (LibvirtException e) {
            alive = false;
        }
        if (!alive) {
            // not closed here: other threads may still be inside a call on it; the garbage collector closes it after
            // them
            connection = null;
        }
        return !alive;
    }

    /** Notices a broken connection also when nobody asks anything, because events come only over an open one. */
    private void watch() {
        while (true) {
            try {
                Thread.sleep(1000);
                Connect current;
                synchronized (this) {
                    current = connection;
                }
                if (current == null) {
                    open();
                } else if (isLost(current)) {
                    log.warn("The connection to libvirt is lost");
                }
            } catch (HypervisorUnavailable e) {
                log.debug("{}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private int onEvent(Domain domain, DomainEvent event) {
        UUID guest;
        try {
            guest = UUID.fromString(domain.getUUIDString());
        } catch (LibvirtException e) {
            log.warn("An event without a domain: {}", e.getMessage());
            return 0;
        }
        if (event.getType() == DomainEventType.SHUTDOWN && number(event) == SHUTDOWN_BY_HOST) {
            endedByHost.add(guest);
        } else if (event.getType() == DomainEventType.STOPPED) {
            boolean byHost = endedByHost.remove(guest);
            listener.stopped(guest, byHost ? StopCause.CRASHED : cause(event.getDetail()));
        } else if (event.getType() == DomainEventType.SUSPENDED) {
            suspended.put(guest, System.nanoTime());
            listener.changed(guest);
        } else if (event.getType() == DomainEventType.RESUMED) {
            listener.changed(guest);
        }
        return 0;
    }

    /** The detail's number: libvirt-java has no name for all of them. */
    private static int number(DomainEvent event) {
        try {
            return DETAIL.getInt(event);
        } catch (IllegalAccessException e) {
            return -1;
        }
    }

    private static Field detailField() {
        try {
            Field field = DomainEvent.class.getDeclaredField("detail");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("This libvirt-java keeps an event's detail elsewhere", e);
        }
    }

    private static StopCause cause(@Nullable Object detail) {
        if (detail == StoppedDetail.SHUTDOWN) {
            return StopCause.GUEST;
        }
        return detail == StoppedDetail.DESTROYED || detail == StoppedDetail.SAVED
                ? StopCause.DESTROYED
                : StopCause.CRASHED;
    }
}
