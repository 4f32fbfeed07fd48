package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.rack.Api.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What joins and parts networks, tried with packets: sharing, address groups, names, trunks, VLANs. */
@ExtendWith(RunningSite.class)
class SegmentsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aNetworkSharedWithAProjectTakesItsPorts(Site site) {
        Api owner = Api.as(site, "sample-shared");
        Api guest = Api.as(site, "sample-dedicated");
        Network network = owner.network(Api.unique("shared"), "10.94.0.0/24");
        String guestGroup = open(guest);
        String guestProject = guest.get("/network/v2.0/security-groups/" + guestGroup)
                .expect(200)
                .at("/security_group/project_id")
                .asString();
        assertThat(guest.get("/network/v2.0/networks/" + network.id()).status()).isEqualTo(404);
        owner.post(
                        "/network/v2.0/rbac-policies",
                        Map.of(
                                "rbac_policy",
                                Map.of(
                                        "object_type",
                                        "network",
                                        "object_id",
                                        network.id(),
                                        "action",
                                        "access_as_shared",
                                        "target_tenant",
                                        guestProject)))
                .expect(201);
        try (PluggedPort ours = PluggedPort.plug(site, owner, owner.port(network, "10.94.0.5", open(owner)));
                PluggedPort theirs = PluggedPort.plug(site, guest, onAny(guest, network, guestGroup))) {
            await("from theirs to ours").atMost(SOON).until(() -> theirs.pings(ours.address()));
            await("from ours to theirs").atMost(SOON).until(() -> ours.pings(theirs.address()));
        }
    }

    @Test
    void anAddressGroupLetsExactlyItsAddressesIn(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("partners"), "10.95.0.0/24");
        String addresses = api.post(
                        "/network/v2.0/address-groups",
                        Map.of(
                                "address_group",
                                Map.of("name", Api.unique("partners"), "addresses", List.of("10.95.0.6/32"))))
                .expect(201)
                .at("/address_group/id")
                .asString();
        String group = api.securityGroup(Api.unique("partners"));
        api.post(
                        "/network/v2.0/security-group-rules",
                        Map.of(
                                "security_group_rule",
                                Map.of(
                                        "security_group_id",
                                        group,
                                        "direction",
                                        "ingress",
                                        "ethertype",
                                        "IPv4",
                                        "protocol",
                                        "icmp",
                                        "remote_address_group_id",
                                        addresses)))
                .expect(201);
        try (PluggedPort server = PluggedPort.plug(site, api, api.port(network, "10.95.0.5", group));
                PluggedPort partner = PluggedPort.plug(site, api, api.port(network, "10.95.0.6"));
                PluggedPort other = PluggedPort.plug(site, api, api.port(network, "10.95.0.7"))) {
            await("the partner").atMost(SOON).until(() -> partner.pings(server.address()));
            assertThat(other.pings(server.address())).isFalse();

            api.put(
                            "/network/v2.0/address-groups/" + addresses + "/add_addresses",
                            Map.of("addresses", List.of("10.95.0.7/32")))
                    .expect(200);
            await("now the other too").atMost(SOON).until(() -> other.pings(server.address()));
        }
        api.delete("/network/v2.0/security-groups/" + group).expect(204);
        api.delete("/network/v2.0/address-groups/" + addresses).expect(204);
    }

    @Test
    void neighboursFindEachOtherByName(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network network = api.network(Api.unique("names"), "10.96.0.0/24");
        String web = api.port(network, "10.96.0.5");
        api.put("/network/v2.0/ports/" + web, Map.of("port", Map.of("dns_name", "web")))
                .expect(200);
        try (PluggedPort asking = PluggedPort.plugBare(site, api, api.port(network, "10.96.0.6"))) {
            String lease = asking.inside(
                    "busybox",
                    "udhcpc",
                    "-f",
                    "-n",
                    "-q",
                    "-i",
                    "eth0",
                    "-O",
                    "dns",
                    "-s",
                    script(
                            "ip address replace $ip/$mask dev $interface",
                            "set -- $staticroutes",
                            "while [ $# -ge 2 ]; do [ $2 = 0.0.0.0 ] && ip route replace $1 dev $interface; shift 2; done",
                            "echo resolver=$dns"));
            String resolver = lease.replaceFirst("(?s).*resolver=(\\S+).*", "$1");
            await("the name")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(asking.run("busybox", "nslookup", "web.openstacklocal", resolver)
                                    .output())
                            .contains("10.96.0.5"));
        }
    }

    @Test
    void aTrunksSubportGetsItsFramesTagged(Site site) {
        Api api = Api.as(site, "sample-shared");
        Network outer = api.network(Api.unique("parent"), "10.97.0.0/24");
        Network inner = api.network(Api.unique("child"), "10.98.0.0/24");
        String parent = api.port(outer, "10.97.0.5", open(api));
        String child = api.port(inner, "10.98.0.5", open(api));
        api.post(
                        "/network/v2.0/trunks",
                        Map.of(
                                "trunk",
                                Map.of(
                                        "port_id",
                                        parent,
                                        "sub_ports",
                                        List.of(Map.of(
                                                "port_id",
                                                child,
                                                "segmentation_type",
                                                "vlan",
                                                "segmentation_id",
                                                101)))))
                .expect(201);
        try (PluggedPort trunk = PluggedPort.plug(site, api, parent);
                PluggedPort neighbour = PluggedPort.plug(site, api, api.port(inner, "10.98.0.6", open(api)))) {
            await("tagged frames")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(capture(
                                    trunk.start(
                                            "timeout", "6", "tcpdump", "-e", "-n", "-l", "-c", "1", "-i", "eth0",
                                            "vlan", "101", "and", "icmp"),
                                    () -> neighbour.pings("10.98.0.5")))
                            .contains("vlan 101")
                            .contains("10.98.0.6 > 10.98.0.5: ICMP echo request"));
        }
    }

    @Test
    void aVlanNetworksFramesAreTaggedOnThePhysicalOne(Site site) {
        Api operator = Api.as(site, "operator");
        String id = operator.post(
                        "/network/v2.0/networks",
                        Map.of(
                                "network",
                                Map.of(
                                        "name",
                                        Api.unique("vlan"),
                                        "provider:network_type",
                                        "vlan",
                                        "provider:physical_network",
                                        "external",
                                        "provider:segmentation_id",
                                        42)))
                .expect(201)
                .at("/network/id")
                .asString();
        String subnet = operator.post(
                        "/network/v2.0/subnets",
                        Map.of("subnet", Map.of("network_id", id, "cidr", "10.99.0.0/24", "ip_version", 4)))
                .expect(201)
                .at("/subnet/id")
                .asString();
        String outside = PluggedPort.switchNamespace(site).replaceFirst("unkai-", "ukx-");
        try (PluggedPort machine =
                PluggedPort.plug(site, operator, operator.port(new Network(id, subnet), "10.99.0.5"))) {
            await("tagged frames")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(capture(
                                    host(
                                            "timeout", "6", "tcpdump", "-e", "-n", "-l", "-c", "1", "-i", outside,
                                            "vlan", "42"),
                                    () -> machine.pings("10.99.0.77")))
                            .contains("vlan 42")
                            .contains("10.99.0.77"));
        }
        operator.delete("/network/v2.0/networks/" + id).expect(204);
    }

    /** The project's own group for these tests, whose ports all answer pings: a project may have ten groups. */
    private static String open(Api api) {
        String name = "segments";
        JsonNode present = api.get("/network/v2.0/security-groups?name=" + name)
                .expect(200)
                .at("/security_groups/0/id");
        if (present.isString()) {
            return present.asString();
        }
        String group = api.securityGroup(name);
        api.allow(group, "icmp", 0);
        return group;
    }

    private static String onAny(Api api, Network network, String group) {
        Map<String, Object> port = new HashMap<>(Map.of("network_id", network.id(), "security_groups", List.of(group)));
        return api.post("/network/v2.0/ports", Map.of("port", port))
                .expect(201)
                .at("/port/id")
                .asString();
    }

    private static Process host(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the capturing program printed while the cause was repeated; it ends with the first packet that it wanted. */
    private static String capture(Process capturing, Runnable cause) {
        try {
            while (!capturing.waitFor(300, TimeUnit.MILLISECONDS)) {
                cause.run();
            }
            return new String(capturing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What udhcpc runs when it has a lease. */
    private static String script(String... lines) {
        try {
            var file = java.nio.file.Files.createTempFile("unkai-lease", ".sh");
            java.nio.file.Files.writeString(
                    file, "#!/bin/sh\n[ \"$1\" = bound ] || exit 0\n" + String.join("\n", lines) + "\n");
            file.toFile().setExecutable(true);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
