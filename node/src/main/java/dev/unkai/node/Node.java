package dev.unkai.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process on every host: makes the host match its plan and reports what it sees. */
public final class Node {
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private Node() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: java -jar node.jar DIR/etc/node.properties");
            System.exit(2);
        }
        // a node moves few bytes: pools of buffers would only cost memory
        System.setProperty("io.grpc.netty.shaded.io.netty.allocator.type", "unpooled");
        try {
            NodeConfig config = NodeConfig.read(Path.of(arguments[0]));
            Files.createDirectories(config.state());
            new NodeAssembly(config).run();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            log.error("The node cannot start: {}", e.getMessage(), e);
            System.exit(1);
        }
    }
}
