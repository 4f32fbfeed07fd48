package dev.unkai.web;

import dev.unkai.base.memory.ClassPages;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Gives back the memory that only starting or a rush of requests took. The serial collector lets the heap grow up to its limit and shrinks it in full
 * collections alone, of which a process with little to do has none: some 25 MiB after a start, twice that after a rush. (G1 does the same by itself:
 * JEP 346.) With it go the pages of the class cache that a start has read, once the start is over and done.
 */
public final class SpareMemory implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final long WORTH_IT = 4 << 20;

    /** Above that, in bytes, a collection takes longer than anybody should wait; such a site has memory. */
    private static final long LARGE_HEAP = 512L << 20;

    private final LongSupplier heap;
    private final Runnable collection;
    private final Runnable pages;
    private final Thread looks =
            Thread.ofPlatform().name("spare-memory").daemon().unstarted(this::look);
    private long kept;
    private long before;
    private boolean started;

    public SpareMemory() {
        this(Runtime.getRuntime()::totalMemory, System::gc, new ClassPages()::giveBack);
    }

    /** @param heap what it has of the machine now, in bytes */
    SpareMemory(LongSupplier heap, Runnable collection, Runnable pages) {
        this.heap = heap;
        this.collection = collection;
        this.pages = pages;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        collect();
        if (Runtime.getRuntime().maxMemory() <= LARGE_HEAP) {
            looks.start();
        }
    }

    @Override
    public void destroy() {
        looks.interrupt();
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                giveBackIfSpare();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a heap has that has grown and grows no more; and at the first rest after the start. */
    void giveBackIfSpare() {
        long now = heap.getAsLong();
        if (now == before && (!started || now >= kept + WORTH_IT)) {
            started = true;
            collect();
            pages.run();
        }
        before = now;
    }

    private void collect() {
        collection.run();
        kept = heap.getAsLong();
    }
}
