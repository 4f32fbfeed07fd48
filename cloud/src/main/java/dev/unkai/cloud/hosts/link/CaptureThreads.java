package dev.unkai.cloud.hosts.link;

import java.util.concurrent.Executor;
import org.springframework.stereotype.Component;

/**
 * Where what hosts bring is stored: a virtual thread each time, since the call's own has to be free to take the next chunk. A port, so
 * that a simulation chooses the moment.
 */
@Component
class CaptureThreads implements Executor {
    @Override
    public void execute(Runnable work) {
        Thread.ofVirtual().name("capture").start(work);
    }
}
