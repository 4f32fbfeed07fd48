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
        boolean leaves = arguments.length == 2 && arguments[1].equals("leave");
        if (arguments.length != 1 && !leaves) {
            System.err.println("usage: java -jar node.jar DIR/etc/node.properties [leave]");
            System.exit(2);
        }
        // a node moves few bytes: pools of buffers would only cost memory
        System.setProperty("io.grpc.netty.shaded.io.netty.allocator.type", "unpooled");
        try {
            NodeConfig config = NodeConfig.read(Path.of(arguments[0]));
            if (leaves) {
                String refusal = Leave.ask(config);
                System.out.println(refusal);
                System.exit(refusal.isEmpty() ? 0 : 1);
            }
            Files.createDirectories(config.state());
            new NodeAssembly(config).run();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            log.error("The node cannot start: {}", e.getMessage(), e);
            System.exit(1);
        }
    }
}
