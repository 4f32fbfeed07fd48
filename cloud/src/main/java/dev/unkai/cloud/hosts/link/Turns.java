package dev.unkai.cloud.hosts.link;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Hosts' turns at the database: no more of them at once than half of the reconcilers' connections, first come, first served. When a thousand
 * hosts come back together, each waits here without a limit of time instead of failing at the pool's, and the other reconcilers go on.
 */
@Component
class Turns {
    private final Semaphore places;

    Turns(@Value("${unkai.database.system-pool:4}") int connections) {
        this.places = new Semaphore(Math.max(1, connections / 2), true);
    }

    <T> T take(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    void run(Runnable work) {
        places.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            places.release();
        }
    }
}
