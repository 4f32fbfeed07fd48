package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Floating addresses and networks at the Compute API's old addresses. */
class AddressProxyTest {
    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    private void fits(String resource, String shape, Answer answer) {
        assertThat(Shapes.faults(resource, shape, 1, answer.status(), answer.json()))
                .as(answer.text())
                .isEmpty();
    }

    /** An external network of the provider and a router of the customer's network towards it. */
    private String pool() {
        String name = "outside-" + UUID.randomUUID();
        String operator = customer.operatorToken();
        String external = post(
                        operator,
                        "networks",
                        "{\"network\":{\"name\":\"%s\",\"router:external\":true}}".formatted(name))
                .at("/network/id")
                .asString();
        post(operator, "subnets", """
                {"subnet":{"network_id":"%s","cidr":"203.0.113.0/24","ip_version":4}}""".formatted(external));
        String router = post(customer.token, "routers", """
                {"router":{"external_gateway_info":{"network_id":"%s"}}}""".formatted(external))
                .at("/router/id")
                .asString();
        String subnet = site.cloud
                .send(customer.token, "GET", "/network/v2.0/subnets?network_id=" + customer.network(), null)
                .json()
                .at("/subnets/0/id")
                .asString();
        assertThat(site.cloud
                        .send(
                                customer.token,
                                "PUT",
                                "/network/v2.0/routers/" + router + "/add_router_interface",
                                "{\"subnet_id\":\"%s\"}".formatted(subnet))
                        .status())
                .isEqualTo(200);
        return name;
    }

    private tools.jackson.databind.JsonNode post(String token, String path, String body) {
        Answer answer = site.cloud.send(token, "POST", "/network/v2.0/" + path, body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    @Test
    void aFloatingAddressIsHadLaidUponAServerTakenOffAndGivenBack() {
        String pool = pool();
        String server = customer.running("reachable");

        fits("floating_ips", "list_floating_ip_pools", customer.get(1, "/os-floating-ip-pools"));
        assertThat(customer.get(1, "/os-floating-ip-pools").text()).contains(pool);
        Answer made = customer.post(1, "/os-floating-ips", "{\"pool\":\"%s\"}".formatted(pool));
        fits("floating_ips", "create_get_floating_ip", made);
        String path = "/os-floating-ips/" + made.json().at("/floating_ip/id").asString();
        String address = made.json().at("/floating_ip/ip").asString();
        assertThat(made.json().at("/floating_ip/pool").asString()).isEqualTo(pool);

        Answer added = customer.act(server, "{\"addFloatingIp\":{\"address\":\"%s\"}}".formatted(address));
        assertThat(added.status()).as(added.text()).isEqualTo(202);
        Answer shown = customer.get(1, path);
        fits("floating_ips", "create_get_floating_ip", shown);
        assertThat(shown.json().at("/floating_ip/instance_id").asString()).isEqualTo(server);
        assertThat(shown.json().at("/floating_ip/fixed_ip").asString()).startsWith("10.9.0.");
        assertThat(customer.get(1, "/servers/" + server).text()).contains(address);
        fits("floating_ips", "list_floating_ips", customer.get(1, "/os-floating-ips"));

        assertThat(customer.act(server, "{\"removeFloatingIp\":{\"address\":\"%s\"}}".formatted(address))
                        .status())
                .isEqualTo(202);
        assertThat(customer.act(server, "{\"removeFloatingIp\":{\"address\":\"%s\"}}".formatted(address))
                        .status())
                .isEqualTo(409);
        assertThat(site.customer().get(1, path).status()).isEqualTo(404);
        assertThat(customer.delete(1, path).status()).isEqualTo(202);
        assertThat(customer.get(1, path).status()).isEqualTo(404);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        String server = customer.running("unreachable");

        assertThat(customer.post(1, "/os-floating-ips", "{\"pool\":\"nowhere\"}")
                        .status())
                .isEqualTo(404);
        assertThat(customer.act(server, "{\"addFloatingIp\":{\"address\":\"203.0.113.200\"}}")
                        .status())
                .isEqualTo(404);
        assertThat(customer.act(server, "{\"addFloatingIp\":{\"address\":\"x\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.act(
                                server,
                                "{\"addFloatingIp\":{\"address\":\"203.0.113.200\",\"fixed_address\":\"10.9.0.250\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.act(server, "{\"removeFloatingIp\":{\"address\":\"203.0.113.200\"}}")
                        .status())
                .isEqualTo(404);
        assertThat(customer.post(
                                44,
                                "/servers/" + server + "/action",
                                "{\"addFloatingIp\":{\"address\":\"203.0.113.200\"}}")
                        .status())
                .isEqualTo(404);
        assertThat(customer.get(36, "/os-floating-ips").status()).isEqualTo(404);
        assertThat(customer.get(1, "/os-floating-ips/x").status()).isEqualTo(404);
    }

    @Test
    void networksAreShownByNameAlone() {
        String id = customer.network();

        fits("tenant_networks", "list_tenant_networks", customer.get(1, "/os-tenant-networks"));
        fits("tenant_networks", "get_tenant_network", customer.get(1, "/os-tenant-networks/" + id));
        assertThat(customer.get(1, "/os-networks/" + id)
                        .json()
                        .at("/network/label")
                        .asString())
                .isEqualTo("net-a");
        assertThat(customer.get(1, "/os-networks").json().path("networks").toString())
                .contains(id);
        assertThat(site.customer().get(1, "/os-tenant-networks/" + id).status()).isEqualTo(404);
        assertThat(customer.get(36, "/os-networks/" + id).status()).isEqualTo(404);
    }
}
