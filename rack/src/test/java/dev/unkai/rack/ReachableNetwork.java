package dev.unkai.rack;

import dev.unkai.rack.Api.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A customer's network behind a router, with a key and a group that let this machine in by SSH and ping. Closing it deletes its servers, then what led to them. */
final class ReachableNetwork implements AutoCloseable {
    private final Api api;
    private final String name;
    private final Path key = Guest.newKey();
    private final Network network;
    private final String router;
    private final String group;
    private final List<String> servers = new ArrayList<>();

    ReachableNetwork(Api api, String prefix, String cidr) {
        this.api = api;
        name = Api.unique(prefix);
        api.keypair(name, Guest.publicKey(key));
        network = api.network(name, cidr);
        router = api.routerToOutside(network);
        group = api.securityGroup(name);
        api.allow(group, "tcp", 22);
        api.allow(group, "icmp", 0);
    }

    /** A name that no other test has; the key pair's, too. */
    String name() {
        return name;
    }

    /** A port with a chosen address of the network; its id. */
    String port(String address) {
        return api.port(network, address, group);
    }

    /** Makes a tiny server on each port, called like the network with a number; answers their ids when they run. */
    List<String> servers(List<String> ports) {
        return made(ports, Map.of());
    }

    /** The same, each on another host. */
    List<String> serversApart(List<String> ports) {
        String apart = api.post(
                        "/compute/v2.1/os-server-groups",
                        Map.of("server_group", Map.of("name", name, "policy", "anti-affinity")))
                .expect(200)
                .at("/server_group/id")
                .asString();
        return made(ports, Map.of("os:scheduler_hints", Map.of("group", apart)));
    }

    private List<String> made(List<String> ports, Map<String, Object> beside) {
        int first = servers.size();
        for (String port : ports) {
            Map<String, Object> request = new HashMap<>(beside);
            request.put(
                    "server",
                    Map.of(
                            "name",
                            name + "-" + (servers.size() + 1),
                            "imageRef",
                            api.image("unkai-tiny"),
                            "flavorRef",
                            api.flavor("u1.nano"),
                            "key_name",
                            name,
                            "networks",
                            List.of(Map.of("port", port))));
            servers.add(api.post("/compute/v2.1/servers", request)
                    .expect(202)
                    .at("/server/id")
                    .asString());
        }
        List<String> made = List.copyOf(servers.subList(first, servers.size()));
        made.forEach(server -> api.awaitStatus(server, "ACTIVE"));
        return made;
    }

    /** The inside of the guest that answers at the address, when it lets its owner in. */
    Guest guest(String address) {
        return new Guest(address, key, "root").awaitLogin();
    }

    @Override
    public void close() {
        servers.forEach(server -> api.delete("/compute/v2.1/servers/" + server).expect(204));
        servers.forEach(server -> api.awaitStatus(server, "GONE"));
        for (JsonNode floating : api.get("/network/v2.0/floatingips").body().path("floatingips")) {
            api.delete("/network/v2.0/floatingips/" + floating.path("id").asString())
                    .expect(204);
        }
        api.put("/network/v2.0/routers/" + router + "/remove_router_interface", Map.of("subnet_id", network.subnetId()))
                .expect(200);
        api.delete("/network/v2.0/routers/" + router).expect(204);
    }
}
