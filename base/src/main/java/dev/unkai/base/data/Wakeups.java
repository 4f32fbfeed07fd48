package dev.unkai.base.data;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Wakes the reconcilers of this process; a lost wake-up costs a timer's period, never correctness. */
public final class Wakeups {
    /** Marks this process's own notifications, so that none wakes it a second time. */
    private final String self = UUID.randomUUID().toString().substring(0, 8) + "/";

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    public void wake(String channel) {
        wake(channel, "");
    }

    /** @param detail which of the channel's things it is about; empty: any of them */
    public void wake(String channel, String detail) {
        listeners.getOrDefault(channel, List.of()).forEach(listener -> listener.accept(detail));
    }

    /** The listener gets the detail. It must return at once: it runs in the thread that committed. */
    public void listen(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(listener);
    }

    public Iterable<String> channels() {
        return listeners.keySet();
    }

    /** What a notification of this process says of a wake-up. */
    String payload(String detail) {
        return self + detail;
    }

    /** A notification came; those of this process are known already. */
    void notified(String channel, String payload) {
        if (!payload.startsWith(self)) {
            wake(channel, payload.substring(payload.indexOf('/') + 1));
        }
    }
}
