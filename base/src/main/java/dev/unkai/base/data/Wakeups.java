package dev.unkai.base.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wakes the reconcilers of this process; a lost wake-up costs a timer's period, never correctness. */
public final class Wakeups {
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();

    public void wake(String channel) {
        listeners.getOrDefault(channel, List.of()).forEach(Runnable::run);
    }

    /** The listener must return at once: it runs in the thread that committed. */
    public void listen(String channel, Runnable listener) {
        listeners.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(listener);
    }

    public Iterable<String> channels() {
        return listeners.keySet();
    }
}
