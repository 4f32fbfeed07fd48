package dev.unkai.cloud.hosts.link;

import dev.unkai.base.reconcile.Reconciler;
import dev.unkai.cloud.hosts.Guests;
import io.grpc.Status;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The hosts attached to this process; tells them when plans may have changed. */
@Component
class HostLinks implements Reconciler {
    /** Up to so many hosts it is cheaper to let each look at its own plan's number than to ask for all of them first. */
    private static final int FEW = 8;

    private final Map<UUID, HostLink> attached = new ConcurrentHashMap<>();
    private final Plans plans;

    HostLinks(Plans plans) {
        this.plans = plans;
    }

    /** Makes this the host's link; an older one of the same host ends. */
    void add(UUID host, HostLink link) {
        HostLink older = attached.put(host, link);
        if (older != null && older != link) {
            older.end(Status.ABORTED.withDescription("The host has attached anew."));
        }
    }

    void remove(UUID host, HostLink link) {
        attached.remove(host, link);
    }

    void closeAll() {
        attached.values().forEach(link -> link.end(Status.UNAVAILABLE.withDescription("This process stops.")));
    }

    @Override
    public String name() {
        return "plans to hosts";
    }

    @Override
    public String channel() {
        return Guests.PLANS;
    }

    /** One host's plan has changed: no other host's needs a look. */
    @Override
    public boolean woken(String detail) {
        if (detail.isEmpty()) {
            return true;
        }
        HostLink link = attached.get(UUID.fromString(detail));
        if (link != null) {
            link.look();
        }
        return false;
    }

    @Override
    public boolean step() {
        if (attached.size() <= FEW) {
            attached.values().forEach(HostLink::look);
        } else {
            plans.generations(attached.keySet()).forEach((host, generation) -> {
                HostLink link = attached.get(host);
                if (link != null && link.sent() < generation) {
                    link.look();
                }
            });
        }
        return false;
    }
}
