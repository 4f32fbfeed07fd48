package dev.unkai.cloud.hosts.link;

import java.util.concurrent.Executor;
import org.springframework.stereotype.Component;

/** Where plans are read and sent to hosts: a virtual thread each time. A port, so that a simulation chooses the moment. */
@Component
class PlanThreads implements Executor {
    @Override
    public void execute(Runnable work) {
        Thread.ofVirtual().name("plan-to-host").start(work);
    }
}
