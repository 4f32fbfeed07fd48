package dev.unkai.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.wire.metadata.MetadataPort;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

/** Real namespaces. Needs root. */
class NetworkNamespaceTest {
    private static final InetSocketAddress PLACE = new InetSocketAddress(MetadataPort.ADDRESS, MetadataPort.HTTP);

    @Test
    void theSameAddressCanBeServedInEachAndStaysOutOfTheMachinesOwn() throws Exception {
        try (NetworkNamespace one = NetworkNamespace.create();
                NetworkNamespace other = NetworkNamespace.create();
                ServerSocketChannel first = one.call(NetworkNamespaceTest::serve);
                ServerSocketChannel second = other.call(NetworkNamespaceTest::serve)) {
            assertThat(first.getLocalAddress()).isEqualTo(second.getLocalAddress());
            assertThat(one.<Boolean>call(() -> NetworkInterface.getByName("dummy0") != null))
                    .isTrue();
            assertThat(NetworkInterface.getByName("dummy0")).isNull();
            assertThatThrownBy(() -> ServerSocketChannel.open().bind(PLACE)).isInstanceOf(BindException.class);
        }
    }

    private static ServerSocketChannel serve() throws Exception {
        Tool.run("ip", "link", "add", "dummy0", "type", "veth", "peer", "name", "dummy1");
        Tool.run("ip", "address", "add", MetadataPort.ADDRESS + "/32", "dev", "dummy0");
        Tool.run("ip", "link", "set", "dummy0", "up");
        return ServerSocketChannel.open().bind(PLACE);
    }
}
