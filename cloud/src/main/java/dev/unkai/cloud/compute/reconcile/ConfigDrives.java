package dev.unkai.cloud.compute.reconcile;

import com.google.protobuf.ByteString;
import dev.unkai.base.Ids;
import dev.unkai.cloud.compute.Server;
import dev.unkai.cloud.network.Ports.FixedIp;
import dev.unkai.cloud.network.Ports.ServerPort;
import dev.unkai.wire.node.ConfigDrive;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the files of a config drive, in the form that cloud-init knows (config drive version 2). */
final class ConfigDrives {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConfigDrives() {}

    static ConfigDrive of(Server server, @Nullable String zone, List<ServerPort> ports) {
        ConfigDrive.Builder drive = ConfigDrive.newBuilder()
                .setMetaDataJson(metaData(server, zone))
                .setNetworkDataJson(networkData(ports))
                .setVendorDataJson(vendorData(server.boot().passwordHash()));
        String userData = server.boot().userData();
        if (userData != null) {
            drive.setUserData(ByteString.copyFrom(Base64.getMimeDecoder().decode(userData)));
        }
        return drive.build();
    }

    private static String metaData(Server server, @Nullable String zone) {
        ObjectNode data = JSON.createObjectNode()
                .put("uuid", server.id().toString())
                .put("name", server.naming().name())
                .put("hostname", server.naming().hostname())
                .put("availability_zone", zone)
                .put("project_id", server.projectId())
                .put("launch_index", server.origin().launchIndex())
                .put("random_seed", randomSeed());
        data.putArray("devices");
        ObjectNode meta = data.putObject("meta");
        server.metadata().forEach(meta::put);
        String key = server.boot().keyPublic();
        String name = server.boot().keyName();
        if (key != null && name != null) {
            data.putObject("public_keys").put(name, key);
            data.putArray("keys")
                    .addObject()
                    .put("name", name)
                    .put("type", "ssh")
                    .put("data", key);
        }
        return JSON.writeValueAsString(data);
    }

    /** The same file with what may have changed of a server since it was written. */
    static String present(String metaData, Server server) {
        if (!(JSON.readTree(metaData) instanceof ObjectNode data)) {
            return metaData;
        }
        data.put("name", server.naming().name()).put("hostname", server.naming().hostname());
        ObjectNode meta = data.putObject("meta");
        server.metadata().forEach(meta::put);
        return JSON.writeValueAsString(data);
    }

    /**
     * Tells cloud-init the password of the image's default user, which is then not asked to change it at once. What the
     * customer says in his user data comes first. Only ever a hash: see {@code AdminPassword}.
     */
    static String vendorData(@Nullable String passwordHash) {
        if (passwordHash == null) {
            return "{}";
        }
        ObjectNode config = JSON.createObjectNode().put("password", passwordHash);
        config.putObject("chpasswd").put("expire", false);
        return JSON.writeValueAsString(
                JSON.createObjectNode().put("cloud-init", "#cloud-config\n" + JSON.writeValueAsString(config)));
    }

    /** 512 bytes in padded Base64: cloud-init refuses the whole drive over a seed it cannot decode. */
    private static String randomSeed() {
        return Base64.getEncoder().encodeToString(Base64.getUrlDecoder().decode(Ids.secret(512)));
    }

    /** {@code network_data.json}: links, networks and services as the metadata of the reference names them. */
    static String networkData(List<ServerPort> ports) {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode links = data.putArray("links");
        ArrayNode networks = data.putArray("networks");
        Set<String> nameservers = new LinkedHashSet<>();
        for (ServerPort port : ports) {
            String link = "tap" + port.id().toString().substring(0, 11);
            links.addObject()
                    .put("id", link)
                    .put("vif_id", port.id().toString())
                    .put("type", "ovs")
                    .put("mtu", port.mtu())
                    .put("ethernet_mac_address", port.mac());
            for (FixedIp address : port.fixedIps()) {
                ObjectNode network = networks.addObject()
                        .put("id", "network" + (networks.size() - 1))
                        .put("link", link)
                        .put("network_id", port.networkId().toString());
                describe(network, address);
                nameservers.addAll(address.nameservers());
            }
        }
        ArrayNode services = data.putArray("services");
        nameservers.forEach(server -> services.addObject().put("type", "dns").put("address", server));
        return JSON.writeValueAsString(data);
    }

    /** IPv4 comes by DHCP; an IPv6 address is told, since routers announce prefixes only. */
    private static void describe(ObjectNode network, FixedIp address) {
        if (address.version() == 4) {
            network.put("type", "ipv4_dhcp");
            return;
        }
        String prefix = address.cidr().substring(address.cidr().indexOf('/'));
        network.put("type", "ipv6").put("ip_address", address.address() + prefix);
        ArrayNode routes = network.putArray("routes");
        if (address.gateway() != null) {
            routes.addObject().put("network", "::").put("netmask", "::").put("gateway", address.gateway());
        }
    }
}
