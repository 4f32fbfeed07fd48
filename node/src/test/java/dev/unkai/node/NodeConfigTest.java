package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.node.host.DomainType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
    private static final Map<String, String> NEEDED = Map.of(
            "host.id", "0d5c3f5e-7d0a-4c9e-9b0f-2f1f4b8f7a11",
            "host.name", "host-1",
            "cloud.address", "127.0.0.1:8446",
            "tls.certificate", "pki/node.crt",
            "tls.key", "pki/node.key",
            "tls.authority", "pki/ca.crt",
            "state.dir", "/srv/unkai/node");

    @Test
    void hasDefaults() {
        NodeConfig config = NodeConfig.of(properties());

        assertThat(config.zone()).isEqualTo("nova");
        assertThat(config.libvirtUri()).isEqualTo("qemu:///system");
        assertThat(config.domainType()).isEqualTo(DomainType.PROBE);
        assertThat(config.bridge()).isEqualTo("br-int");
        assertThat(config.qemuUser()).isEqualTo("libvirt-qemu");
        assertThat(config.ovsDatabase()).isEqualTo("unix:/run/openvswitch/db.sock");
        assertThat(config.memoryMib()).isEmpty();
        assertThat(config.readyFile()).isEmpty();
        assertThat(config.protocol().version()).isEqualTo(NodeProtocol.NEWEST);
        assertThat(config.shutdownPatience()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void takesEveryProperty() {
        Properties properties = properties();
        properties.setProperty("ovs.database", "unix:/run/x.sock");
        properties.setProperty("protocol", "3");
        properties.putAll(Map.of(
                "availability.zone", "tokyo-1",
                "libvirt.uri", "qemu+unix:///system?socket=/run/x",
                "domain.type", "kvm",
                "ovs.bridge", "br-x",
                "qemu.user", "qemu",
                "host.memory.mib", "4096",
                "host.vcpus", "3",
                "host.disk.gib", "70",
                "ready.file", "/run/node.ready",
                "shutdown.patience.seconds", "5"));

        NodeConfig config = NodeConfig.of(properties);

        assertThat(config.zone()).isEqualTo("tokyo-1");
        assertThat(config.libvirtUri()).isEqualTo("qemu+unix:///system?socket=/run/x");
        assertThat(config.domainType()).isEqualTo(DomainType.KVM);
        assertThat(config.bridge()).isEqualTo("br-x");
        assertThat(config.ovsDatabase()).isEqualTo("unix:/run/x.sock");
        assertThat(config.qemuUser()).isEqualTo("qemu");
        assertThat(config.memoryMib()).hasValue(4096);
        assertThat(config.vcpus()).hasValue(3);
        assertThat(config.diskGib()).hasValue(70);
        assertThat(config.protocol().version()).isEqualTo(3);
        assertThat(config.readyFile()).contains(Path.of("/run/node.ready"));
        assertThat(config.shutdownPatience()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void takesTheSwitchThatLiesBesideItsLibvirt() {
        NodeConfig config =
                NodeConfig.of(with("libvirt.uri", "qemu+unix:///system?socket=/srv/unkai/run/libvirt/libvirt-sock"));

        assertThat(config.ovsDatabase()).isEqualTo("unix:/srv/unkai/run/openvswitch/db.sock");
    }

    @Test
    void namesTheKeyToMend() {
        assertThatThrownBy(() -> NodeConfig.of(with("host.id", "host-1"))).hasMessageContaining("host.id");
        assertThatThrownBy(() -> NodeConfig.of(with("domain.type", "xen"))).hasMessageContaining("domain.type");
        assertThatThrownBy(() -> NodeConfig.of(with("protocol", "2"))).hasMessageContaining("protocol");
        assertThatThrownBy(() -> NodeConfig.of(with("host.vcpus", "two"))).hasMessageContaining("host.vcpus");
        assertThatThrownBy(() -> NodeConfig.of(with("cloud.address", " "))).hasMessageContaining("cloud.address");
    }

    @Test
    void refusesAStateDirectoryTooLongForUnixSockets() {
        assertThatThrownBy(() -> NodeConfig.of(with("state.dir", "/" + "x".repeat(60))))
                .hasMessageContaining("shorter directory");
    }

    private static Properties with(String key, String value) {
        Properties properties = properties();
        properties.setProperty(key, value);
        return properties;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.putAll(NEEDED);
        return properties;
    }
}
