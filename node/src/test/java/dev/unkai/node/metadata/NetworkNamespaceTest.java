package dev.unkai.node.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.wire.metadata.MetadataPort;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
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

    @Test
    void aPlaceKnowsTheGuestsThatAreThereAndForgetsThoseThatWent() throws Exception {
        InetAddress first = MetadataGuests.linkLocal("fa:16:3e:00:00:01");
        InetAddress second = MetadataGuests.linkLocal("fa:16:3e:00:00:02");
        try (NetworkNamespace place = NetworkNamespace.create()) {
            String known = place.call(() -> {
                Tool.run("ip", "link", "add", MetadataSwitch.DEVICE, "type", "veth", "peer", "name", "other");
                Tool.run("ip", "link", "set", MetadataSwitch.DEVICE, "up");
                Map<InetAddress, String> one = Map.of(first, "fa:16:3e:00:00:01");
                Map<InetAddress, String> other = Map.of(second, "fa:16:3e:00:00:02");
                MetadataSwitch.acquaint(Map.of(), one);
                MetadataSwitch.acquaint(one, other);
                MetadataSwitch.acquaint(
                        one, other); // told again after a failure: what is gone already is no reason to fail
                return Tool.run("ip", "-6", "neighbour", "show", "dev", MetadataSwitch.DEVICE);
            });
            assertThat(known.strip()).isEqualTo("fe80::f816:3eff:fe00:2 lladdr fa:16:3e:00:00:02 PERMANENT");
        }
    }

    private static ServerSocketChannel serve() throws Exception {
        Tool.run("ip", "link", "add", "dummy0", "type", "veth", "peer", "name", "dummy1");
        Tool.run("ip", "address", "add", MetadataPort.ADDRESS + "/32", "dev", "dummy0");
        Tool.run("ip", "link", "set", "dummy0", "up");
        return ServerSocketChannel.open().bind(PLACE);
    }
}
