package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer has exactly the fields that clients of its microversion know. */
class MicroversionShapesTest {
    private static final ComputeSite SITE = ComputeSite.shared();
    private static final Customer CUSTOMER = SITE.customer();
    private static String running;
    private static String faulty;
    private static String group;

    @BeforeAll
    static void makeOneOfEach() {
        running = CUSTOMER.running("shaped");
        CUSTOMER.post(26, "/servers/" + running + "/metadata", "{\"metadata\":{\"a\":\"b\"}}");
        CUSTOMER.put(26, "/servers/" + running + "/tags", "{\"tags\":[\"t\"]}");
        faulty = CUSTOMER.server("faulty");
        SITE.system(
                "update server set fault_code = 500, fault_message = 'no host', fault_at = now() where id = ?::uuid",
                faulty);
        CUSTOMER.post(1, "/os-keypairs", "{\"keypair\":{\"name\":\"shaped\"}}");
        group = CUSTOMER.post(
                        64, "/os-server-groups", "{\"server_group\":{\"name\":\"g\",\"policy\":\"anti-affinity\"}}")
                .json()
                .at("/server_group/id")
                .asString();
    }

    static IntStream versions() {
        return IntStream.rangeClosed(1, Microversion.NEWEST.minor());
    }

    @ParameterizedTest(name = "2.{0}")
    @MethodSource("versions")
    void serversHaveTheirFields(int minor) {
        for (String token : List.of(CUSTOMER.token, CUSTOMER.operatorToken())) {
            for (String id : List.of(running, faulty)) {
                fits("servers", "get_server", minor, token, "GET", "/servers/" + id, null);
            }
            fits("servers", "list_servers_detail", minor, token, "GET", "/servers/detail", null);
        }
        fits("servers", "list_servers", minor, "GET", "/servers?limit=1", null);
        fits("servers", "update_server", minor, "PUT", "/servers/" + running, "{\"server\":{\"name\":\"shaped\"}}");
    }

    @ParameterizedTest(name = "2.{0}")
    @MethodSource("versions")
    void partsOfServersHaveTheirFields(int minor) {
        String server = "/servers/" + running;
        fits("servers", "list_addresses", minor, "GET", server + "/ips", null);
        fits("servers", "list_server_metadata", minor, "GET", server + "/metadata", null);
        fits("servers", "set_show_server_metadata_item", minor, "GET", server + "/metadata/a", null);
        fits("servers", "list_volume_attachments", minor, "GET", server + "/os-volume_attachments", null);
        fits("interfaces", "list_interfaces", minor, "GET", server + "/os-interface", null);
        if (minor < 58) { // there the recorded shape lacks updated_at and links, which the reference has
            fits("servers", "list_instance_actions", minor, "GET", server + "/os-instance-actions", null);
        }
        if (minor < 84) { // there it lacks details
            String request = CUSTOMER.get(1, server + "/os-instance-actions")
                    .json()
                    .at("/instanceActions/0/request_id")
                    .asString();
            fits("servers", "show_instance_action", minor, "GET", server + "/os-instance-actions/" + request, null);
            fits(
                    "servers",
                    "show_instance_action",
                    minor,
                    CUSTOMER.operatorToken(),
                    "GET",
                    server + "/os-instance-actions/" + request,
                    null);
        }
        if (minor >= 26) {
            fits("servers", "list_tags", minor, "GET", server + "/tags", null);
        }
    }

    @ParameterizedTest(name = "2.{0}")
    @MethodSource("versions")
    void everythingElseHasItsFields(int minor) {
        String operator = CUSTOMER.operatorToken();
        String quota = "/os-quota-sets/" + CUSTOMER.project;
        fits("flavors", "list_flavors", minor, "GET", "/flavors?limit=1", null);
        fits("flavors", "list_flavors_details", minor, "GET", "/flavors/detail", null);
        fits("flavors", "create_update_get_flavor_details", minor, "GET", "/flavors/u1.nano", null);
        fits(
                "flavors_extra_specs",
                "set_get_flavor_extra_specs",
                minor,
                "GET",
                "/flavors/u1.nano/os-extra_specs",
                null);
        fits("keypairs", "list_keypairs", minor, "GET", "/os-keypairs", null);
        fits("keypairs", "get_keypair", minor, "GET", "/os-keypairs/shaped", null);
        String name = "v" + minor;
        String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl a@b";
        fits(
                "keypairs",
                "create_keypair",
                minor,
                "POST",
                "/os-keypairs",
                "{\"keypair\":{\"name\":\"%s\",\"public_key\":\"%s\"}}".formatted(name, key));
        assertThat(CUSTOMER.delete(minor, "/os-keypairs/" + name).status()).isEqualTo(minor < 2 ? 202 : 204);
        fits("quotas", "get_quota_set", minor, "GET", quota, null);
        fits("quotas", "get_quota_set", minor, "GET", quota + "/defaults", null);
        fits("quotas", "get_quota_set_details", minor, "GET", quota + "/detail", null);
        fits("quotas", "update_quota_set", minor, operator, "PUT", quota, "{\"quota_set\":{\"cores\":20}}");
        fits("limits", "get_limit", minor, "GET", "/limits", null);
        fits("server_groups", "create_show_server_group", minor, "GET", "/os-server-groups/" + group, null);
        fits("server_groups", "list_server_groups", minor, "GET", "/os-server-groups", null);
        fits(
                "tenant_usages",
                "get_tenant_usage",
                minor,
                "GET",
                "/os-simple-tenant-usage/" + CUSTOMER.project + "?start=2020-01-01T00:00:00",
                null);
        fits(
                "tenant_usages",
                "list_tenant_usage",
                minor,
                operator,
                "GET",
                "/os-simple-tenant-usage?detailed=1&start=2020-01-01T00:00:00",
                null);
        fits("extensions", "list_extensions", minor, "GET", "/extensions", null);
        fits("availability_zone", "list_availability_zone_list", minor, "GET", "/os-availability-zone", null);
        fits(
                "availability_zone",
                "list_availability_zone_list_detail",
                minor,
                operator,
                "GET",
                "/os-availability-zone/detail",
                null);
        fits("services", "list_services", minor, operator, "GET", "/os-services", null);
        fits("aggregates", "list_aggregates", minor, operator, "GET", "/os-aggregates", null);
        if (minor < 88) { // there the recorded shape is still the old one
            fits("hypervisors", "list_hypervisors_detail", minor, operator, "GET", "/os-hypervisors/detail", null);
            fits(
                    "hypervisors",
                    "get_hypervisor_statistics",
                    minor,
                    operator,
                    "GET",
                    "/os-hypervisors/statistics",
                    null);
        }
        fits("hypervisors", "list_search_hypervisors", minor, operator, "GET", "/os-hypervisors", null);
    }

    @ParameterizedTest(name = "2.{0}")
    @MethodSource("boundaries")
    void aNewServerHasItsFields(int minor) {
        Customer fresh = SITE.customer();
        Answer made = fresh.post(minor, "/servers", fresh.body("new", ""));
        assertThat(Shapes.faults("servers", "create_server_with_admin_pass", minor, made.status(), made.json()))
                .isEmpty();
    }

    static IntStream boundaries() {
        return IntStream.of(1, 19, 37, 52, 57, 67, 74, 89, 93);
    }

    private static void fits(String resource, String shape, int minor, String method, String path, String body) {
        fits(resource, shape, minor, CUSTOMER.token, method, path, body);
    }

    private static void fits(
            String resource, String shape, int minor, String token, String method, String path, String body) {
        Answer answer = CUSTOMER.send(token, minor, method, path, body);
        assertThat(Shapes.faults(resource, shape, minor, answer.status(), answer.json()))
                .as("%s %s at 2.%d: %s", method, path, minor, answer.text())
                .isEmpty();
    }
}
