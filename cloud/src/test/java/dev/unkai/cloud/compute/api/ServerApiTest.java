package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a customer can do with servers, seen from outside. */
class ServerApiTest {
    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    @Test
    void aServerIsBuiltThenActiveThenOffThenGone() {
        String id = customer.server("life");
        assertThat(customer.status(id)).isEqualTo("BUILD");

        site.runs(id);
        assertThat(customer.status(id)).isEqualTo("ACTIVE");

        assertThat(customer.act(id, "{\"os-stop\":null}").status()).isEqualTo(202);
        assertThat(customer.get(1, "/servers/" + id)
                        .json()
                        .at("/server/OS-EXT-STS:task_state")
                        .asString())
                .isEqualTo("powering-off");
        site.stops(id);
        assertThat(customer.status(id)).isEqualTo("SHUTOFF");

        assertThat(customer.act(id, "{\"os-start\":null}").status()).isEqualTo(202);
        site.runs(id);
        assertThat(customer.act(id, "{\"reboot\":{\"type\":\"SOFT\"}}").status())
                .isEqualTo(202);
        assertThat(customer.status(id)).isEqualTo("REBOOT");
        assertThat(customer.act(id, "{\"reboot\":{\"type\":\"SOFT\"}}").status())
                .isEqualTo(409);
        assertThat(customer.act(id, "{\"reboot\":{\"type\":\"HARD\"}}").status())
                .isEqualTo(202);
        assertThat(customer.status(id)).isEqualTo("HARD_REBOOT");
        site.runs(id);

        assertThat(customer.delete(1, "/servers/" + id).status()).isEqualTo(204);
        assertThat(customer.get(1, "/servers/" + id)
                        .json()
                        .at("/server/OS-EXT-STS:task_state")
                        .asString())
                .isEqualTo("deleting");
        assertThat(customer.delete(1, "/servers/" + id).status()).isEqualTo(204);
        site.gone(id);
        assertThat(customer.get(1, "/servers/" + id).status()).isEqualTo(404);
        assertThat(customer.delete(1, "/servers/" + id).status()).isEqualTo(404);
    }

    @Test
    void everyChangeIsOneActionAndOneEvent() {
        String id = customer.running("told");
        int before = site.count("select count(*) from outbox where project_id = ?", customer.project);
        customer.act(id, "{\"os-stop\":null}");

        assertThat(site.count("select count(*) from outbox where project_id = ?", customer.project))
                .isEqualTo(before + 1);
        JsonNode actions = customer.get(1, "/servers/" + id + "/os-instance-actions")
                .json()
                .path("instanceActions");
        assertThat(actions.at("/0/action").asString()).isEqualTo("stop");
        assertThat(actions.at("/1/action").asString()).isEqualTo("create");
        String request = actions.at("/0/request_id").asString();
        JsonNode action = customer.get(62, "/servers/" + id + "/os-instance-actions/" + request)
                .json()
                .path("instanceAction");
        assertThat(action.at("/events/0/event").asString()).isEqualTo("compute_stop_instance");
        assertThat(action.at("/events/0/result").isNull()).isTrue();
    }

    @Test
    void aRefusedActionChangesNothingAndTellsNothing() {
        String id = customer.running("still");
        int before = site.count("select count(*) from outbox where project_id = ?", customer.project);

        Answer refused = customer.act(id, "{\"os-start\":null}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/conflictingRequest/message").asString())
                .contains("Cannot 'start'")
                .contains("vm_state active");
        assertThat(site.count("select count(*) from outbox where project_id = ?", customer.project))
                .isEqualTo(before);
    }

    @Test
    void severalServersShareAReservationAndAreNumbered() {
        Answer made = customer.post(
                1,
                "/servers",
                customer.body("many", ",\"min_count\":2,\"max_count\":\"3\",\"return_reservation_id\":true"));
        assertThat(made.status()).isEqualTo(202);
        String reservation = made.json().path("reservation_id").asString();

        List<String> names = new ArrayList<>();
        customer.get(1, "/servers?reservation_id=" + reservation)
                .json()
                .path("servers")
                .forEach(server -> names.add(server.path("name").asString()));
        assertThat(names).containsExactlyInAnyOrder("many-1", "many-2", "many-3");
    }

    @Test
    void aNameIsNoIdSoClientsGoOnToList() {
        assertThat(customer.get(89, "/servers/many").status()).isEqualTo(404);
        assertThat(customer.get(89, "/servers/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void textsAreChangedAndDescriptionsRemoved() {
        String id = customer.server("old");
        assertThat(customer.put(19, "/servers/" + id, "{\"server\":{\"name\":\"新しい\",\"description\":\"why\"}}")
                        .status())
                .isEqualTo(200);
        JsonNode server = customer.get(19, "/servers/" + id).json().path("server");
        assertThat(server.path("name").asString()).isEqualTo("新しい");
        assertThat(server.path("description").asString()).isEqualTo("why");

        customer.put(19, "/servers/" + id, "{\"server\":{\"description\":null}}");
        assertThat(customer.get(19, "/servers/" + id)
                        .json()
                        .at("/server/description")
                        .isNull())
                .isTrue();
        customer.put(1, "/servers/" + id, "{\"server\":{\"accessIPv4\":\"192.0.2.9\",\"accessIPv6\":\"2001:db8::1\"}}");
        assertThat(customer.get(1, "/servers/" + id)
                        .json()
                        .at("/server/accessIPv6")
                        .asString())
                .isEqualTo("2001:db8::1");
    }

    @Test
    void metadataIsAddedReplacedAndRemoved() {
        String path = "/servers/" + customer.server("noted") + "/metadata";
        assertThat(customer.post(1, path, "{\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}")
                        .json()
                        .at("/metadata/b")
                        .asString())
                .isEqualTo("2");
        assertThat(customer.put(1, path + "/c", "{\"meta\":{\"c\":\"3\"}}")
                        .json()
                        .at("/meta/c")
                        .asString())
                .isEqualTo("3");
        assertThat(customer.put(1, path + "/d", "{\"meta\":{\"c\":\"3\"}}").status())
                .isEqualTo(400);
        assertThat(customer.delete(1, path + "/a").status()).isEqualTo(204);
        assertThat(customer.delete(1, path + "/a").status()).isEqualTo(404);
        assertThat(customer.get(1, path).json().path("metadata").size()).isEqualTo(2);
        assertThat(customer.put(1, path, "{\"metadata\":{\"z\":\"26\"}}")
                        .json()
                        .path("metadata")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void tagsAreASet() {
        String id = customer.server("tagged");
        String path = "/servers/" + id + "/tags";
        assertThat(customer.get(25, path).status()).isEqualTo(404);
        assertThat(customer.put(26, path, "{\"tags\":[\"b\",\"a\"]}")
                        .json()
                        .path("tags")
                        .size())
                .isEqualTo(2);
        assertThat(customer.put(26, path + "/c", null).status()).isEqualTo(201);
        assertThat(customer.put(26, path + "/c", null).status()).isEqualTo(204);
        assertThat(customer.get(26, path + "/c").status()).isEqualTo(204);
        assertThat(customer.delete(26, path + "/c").status()).isEqualTo(204);
        assertThat(customer.get(26, path + "/c").status()).isEqualTo(404);
        assertThat(customer.get(26, "/servers?tags=a,b").json().path("servers").size())
                .isEqualTo(1);
        assertThat(customer.get(26, "/servers?not-tags-any=a")
                        .json()
                        .path("servers")
                        .size())
                .isZero();
        assertThat(customer.delete(26, path).status()).isEqualTo(204);
        assertThat(customer.get(26, path).json().path("tags").size()).isZero();
    }

    @Test
    void aLockedServerStaysAsItIsUntilItIsUnlocked() {
        String id = customer.running("locked");
        assertThat(customer.post(73, "/servers/" + id + "/action", "{\"lock\":{\"locked_reason\":\"exam\"}}")
                        .status())
                .isEqualTo(202);
        JsonNode server = customer.get(73, "/servers/" + id).json().path("server");
        assertThat(server.path("locked").asBoolean()).isTrue();
        assertThat(server.path("locked_reason").asString()).isEqualTo("exam");

        assertThat(customer.act(id, "{\"os-stop\":null}").status()).isEqualTo(409);
        assertThat(customer.delete(1, "/servers/" + id).status()).isEqualTo(409);
        assertThat(customer.act(id, "{\"unlock\":null}").status()).isEqualTo(202);
        assertThat(customer.act(id, "{\"os-stop\":null}").status()).isEqualTo(202);
    }

    @Test
    void theProvidersLockIsOpenedByTheProviderOnly() {
        String id = customer.running("held");
        String operator = site.customer().operatorToken();
        String path = "/servers/" + id + "/action";
        assertThat(customer.send(operator, 1, "POST", path, "{\"lock\":null}").status())
                .isEqualTo(202);

        assertThat(customer.act(id, "{\"unlock\":null}").status()).isEqualTo(403);
        assertThat(customer.send(operator, 1, "POST", path, "{\"unlock\":null}").status())
                .isEqualTo(202);
        assertThat(customer.act(id, "{\"os-stop\":null}").status()).isEqualTo(202);
    }

    @Test
    void pagesFollowEachOtherByMarker() {
        Customer reader = site.customer();
        for (int i = 0; i < 5; i++) {
            reader.server("page-" + i);
        }
        List<String> names = new ArrayList<>();
        String path = "/servers?limit=2&sort_key=display_name&sort_dir=asc";
        while (!path.isEmpty()) {
            JsonNode page = reader.get(1, path).json();
            page.path("servers").forEach(server -> names.add(server.path("name").asString()));
            String next = page.at("/servers_links/0/href").asString("");
            path = next.isEmpty() ? "" : next.substring(next.indexOf("/servers"));
        }
        assertThat(names).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
        assertThat(reader.get(1, "/servers?marker=" + UUID.randomUUID()).status())
                .isEqualTo(400);
        assertThat(reader.get(1, "/servers?limit=-1").status()).isEqualTo(400);
        assertThat(reader.get(1, "/servers?limit=0").json().path("servers").size())
                .isZero();
    }

    @Test
    void filtersFindWhatTheySay() {
        Customer seeker = site.customer();
        String one = seeker.running("find-one");
        String two = seeker.server("find-two");

        assertThat(ids(seeker.get(1, "/servers?name=one"))).containsExactly(one);
        assertThat(ids(seeker.get(1, "/servers?name=find-.*"))).containsExactlyInAnyOrder(one, two);
        assertThat(ids(seeker.get(1, "/servers?status=active"))).containsExactly(one);
        assertThat(ids(seeker.get(1, "/servers?status=BUILD"))).containsExactly(two);
        assertThat(ids(seeker.get(1, "/servers?status=nonsense"))).isEmpty();
        assertThat(seeker.get(38, "/servers?status=nonsense").status()).isEqualTo(400);
        assertThat(ids(seeker.get(38, "/servers?status=paused"))).isEmpty();
        assertThat(ids(seeker.get(1, "/servers?image=" + seeker.image()))).hasSize(2);
        assertThat(ids(seeker.get(1, "/servers?image=" + UUID.randomUUID()))).isEmpty();
        assertThat(ids(seeker.get(1, "/servers?flavor=u1.nano"))).hasSize(2);
        assertThat(ids(seeker.get(1, "/servers?flavor=none"))).isEmpty();
        assertThat(ids(seeker.get(1, "/servers?changes-since=2099-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(seeker.get(1, "/servers?changes-since=yesterday").status()).isEqualTo(400);
        assertThat(seeker.get(1, "/servers?name=%5B").status()).isEqualTo(400);
        assertThat(seeker.get(75, "/servers?nonsense=1").status()).isEqualTo(400);
        assertThat(seeker.get(74, "/servers?nonsense=1").status()).isEqualTo(200);
        assertThat(seeker.get(1, "/servers?status=deleted").status()).isEqualTo(403);
        assertThat(seeker.get(1, "/servers?all_tenants=1").status()).isEqualTo(403);

        site.gone(two);
        assertThat(ids(seeker.get(1, "/servers?changes-since=2020-01-01T00:00:00Z")))
                .containsExactlyInAnyOrder(one, two);
        assertThat(ids(seeker.get(1, "/servers/detail"))).containsExactly(one);
    }

    @Test
    void disksBesideTheBootDiskAreWithinTheFlavor() {
        String operator = customer.operatorToken();
        customer.send(operator, 1, "POST", "/flavors", """
                {"flavor":{"id":"local","name":"local","vcpus":1,"ram":64,"disk":1,"OS-FLV-EXT-DATA:ephemeral":4,"swap":64}}""");
        String boot = """
                {"boot_index":0,"source_type":"image","destination_type":"local","uuid":"%s"}""".formatted(customer.image());
        String blank = "{\"source_type\":\"blank\",\"destination_type\":\"local\",\"boot_index\":-1";
        String swap = blank + ",\"guest_format\":\"swap\"";

        assertThat(refused(boot, blank + ",\"volume_size\":5}")).contains("Ephemeral disks requested are larger");
        assertThat(refused(boot, blank + "}", blank + ",\"volume_size\":1}"))
                .contains("Ephemeral disks requested are larger");
        assertThat(refused(boot, swap + ",\"volume_size\":65}")).contains("Swap drive requested is larger");
        assertThat(refused(boot, swap + "}", swap + "}")).contains("More than one swap drive requested");
        assertThat(refused(boot, blank + "}", blank + "}", swap + "}")).contains("more local devices than the limit");
        assertThat(refused(boot, blank + ",\"guest_format\":\"ntfs\"}")).contains("guest_format is not supported");
        assertThat(refused(boot, blank + ",\"uuid\":\"" + customer.image() + "\"}"))
                .contains("Invalid device UUID");
        assertThat(refused(blank + "}")).contains("Boot sequence");
        assertThat(refused(boot, blank.replace("-1", "2") + "}")).contains("Boot sequence");
        assertThat(refused(boot, "{\"source_type\":\"blank\",\"destination_type\":\"volume\",\"volume_size\":1}"))
                .contains("volumes are not offered");
        assertThat(refused(boot, blank + ",\"volume_size\":0}")).contains("volume_size");
        assertThat(withDisks(boot, blank + ",\"volume_size\":3}", swap + "}").status())
                .isEqualTo(202);
    }

    private String refused(String... disks) {
        Answer answer = withDisks(disks);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        return answer.json().at("/badRequest/message").asString();
    }

    private Answer withDisks(String... disks) {
        return customer.post(42, "/servers", """
                {"server":{"name":"local","imageRef":"%s","flavorRef":"local","networks":"none","block_device_mapping_v2":[%s]}}""".formatted(customer.image(), String.join(",", disks)));
    }

    @Test
    void addressesOfPortsAreShownAndSearchedBy() {
        Customer seeker = site.customer();
        String id = seeker.running("addressed");
        JsonNode addresses = seeker.get(1, "/servers/" + id).json().at("/server/addresses/net-a");
        assertThat(addresses.at("/0/OS-EXT-IPS:type").asString()).isEqualTo("fixed");
        String address = addresses.at("/0/addr").asString();
        assertThat(address).startsWith("10.9.0.");

        assertThat(ids(seeker.get(1, "/servers?ip=" + address))).containsExactly(id);
        assertThat(ids(seeker.get(1, "/servers?ip=10.9"))).containsExactly(id);
        assertThat(ids(seeker.get(1, "/servers?ip=172.31"))).isEmpty();
        assertThat(seeker.get(1, "/servers/" + id + "/ips")
                        .json()
                        .at("/addresses/net-a/0/addr")
                        .asString())
                .isEqualTo(address);
        assertThat(seeker.get(1, "/servers/" + id + "/ips/net-a").status()).isEqualTo(200);
        assertThat(seeker.get(1, "/servers/" + id + "/ips/net-z").status()).isEqualTo(404);
        assertThat(seeker.get(1, "/servers/" + id + "/os-interface")
                        .json()
                        .at("/interfaceAttachments/0/fixed_ips/0/ip_address")
                        .asString())
                .isEqualTo(address);
        assertThat(seeker.get(1, "/servers/" + id)
                        .json()
                        .at("/server/security_groups/0/name")
                        .asString())
                .isEqualTo("default");
    }

    @Test
    void theProviderSeesAllProjectsWhenItAsksAndItsOwnOtherwise() {
        String id = customer.running("seen");
        Customer operator = site.customer();
        String token = operator.operatorToken();

        assertThat(ids(operator.send(token, 3, "GET", "/servers?all_tenants=1&project_id=" + customer.project, null)))
                .contains(id);
        assertThat(ids(operator.send(token, 3, "GET", "/servers", null))).isEmpty();
        JsonNode server =
                operator.send(token, 3, "GET", "/servers/" + id, null).json().path("server");
        assertThat(server.path("OS-EXT-SRV-ATTR:instance_name").asString()).startsWith("instance-");
        assertThat(customer.get(3, "/servers/" + id).json().path("server").has("OS-EXT-SRV-ATTR:host"))
                .isFalse();
    }

    @Test
    void whatARequestRefersToMustBeThere() {
        String unknown = UUID.randomUUID().toString();
        assertThat(customer.post(1, "/servers", customer.body("x", "").replace(customer.image(), unknown))
                        .json())
                .hasToString("{\"badRequest\":{\"code\":400,\"message\":\"Can not find requested image\"}}");
        assertThat(customer.post(1, "/servers", customer.body("x", "").replace("u1.nano", "u9"))
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(1, "/servers", customer.body("x", ",\"key_name\":\"none\""))
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(1, "/servers", customer.body("x", ",\"availability_zone\":\"mars\""))
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(1, "/servers", customer.body("x", ",\"security_groups\":[{\"name\":\"none\"}]"))
                        .status())
                .isEqualTo(400);
        assertThat(customer.post(1, "/servers", customer.body("x", "").replace(customer.network(), unknown))
                        .status())
                .isEqualTo(400);
        assertThat(ids(customer.get(1, "/servers"))).isEmpty();
    }

    @Test
    void anotherProjectsImageIsNotThere() {
        Customer other = site.customer();
        assertThat(other.post(1, "/servers", other.body("x", "").replace(other.image(), customer.image()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void actionsThatCannotBeSaySo() {
        String id = customer.running("modest");
        for (String action : List.of("unpause", "resume", "unshelve", "unrescue", "confirmResize", "revertResize")) {
            assertThat(customer.act(id, "{\"" + action + "\":null}").status())
                    .as(action)
                    .isEqualTo(409);
        }
        assertThat(customer.act(id, "{\"migrate\":null}").status()).isEqualTo(403);
        assertThat(customer.act(id, "{\"resize\":{\"flavorRef\":null}}").status())
                .isEqualTo(400);
        assertThat(customer.act(id, "{\"resize\":{\"flavorRef\":\"u9\"}}").status())
                .isEqualTo(400);
        assertThat(customer.act(id, "{\"dance\":null}").status()).isEqualTo(400);
        assertThat(customer.act(id, "{\"os-start\":null,\"os-stop\":null}").status())
                .isEqualTo(400);
        assertThat(customer.act(UUID.randomUUID().toString(), "{\"pause\":null}")
                        .status())
                .isEqualTo(404);
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.json()
                .path("servers")
                .forEach(server -> ids.add(server.path("id").asString()));
        return ids;
    }
}
