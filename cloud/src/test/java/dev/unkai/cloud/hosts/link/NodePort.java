package dev.unkai.cloud.hosts.link;

import org.springframework.context.ApplicationContext;

/** Where a cloud process waits for its nodes. */
public final class NodePort {
    private NodePort() {}

    public static int of(ApplicationContext process) {
        return process.getBean(NodeServer.class).port();
    }
}
