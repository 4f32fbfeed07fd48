package dev.unkai.gateway;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway of the SSL-VPN, beside the VPN server (ocserv). It has no right on its machine: the server asks it by RADIUS who may open a
 * tunnel, and the control loop of the server, which is root's, shows it the tunnels and cuts those that it names. It keeps nothing: after a
 * crash at any moment it goes on from what identity and the server say.
 */
public final class Gateway {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private Gateway() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: java -jar gateway.jar DIR/etc/gateway.properties");
            System.exit(2);
        }
        try {
            GatewayConfig config = GatewayConfig.read(Path.of(arguments[0]));
            IdentityLink identity = new IdentityLink(config.tls().sslContext(), config.identity());
            TunnelReconciler tunnels = new TunnelReconciler(identity, config.seen(), config.unwanted());
            Thread.ofPlatform().name("tunnels").start(tunnels::run);
            DatagramSocket socket = new DatagramSocket(config.radiusPort(), InetAddress.getLoopbackAddress());
            log.info("Asking {} who may open a tunnel", config.identity());
            new RadiusServer(
                            socket,
                            config.radiusSecret(),
                            SenderCheck.ofRoot(),
                            new Conversations(identity, java.time.InstantSource.system()))
                    .run();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            log.error("The gateway cannot go on: {}", e.getMessage(), e);
            System.exit(1);
        }
    }
}
