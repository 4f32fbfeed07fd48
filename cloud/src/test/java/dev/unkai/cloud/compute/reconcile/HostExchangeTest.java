package dev.unkai.cloud.compute.reconcile;

import static dev.unkai.cloud.compute.reconcile.DiskSite.besideItsOwn;
import static dev.unkai.cloud.compute.reconcile.DiskSite.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.wire.node.DiskCounters;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestCounters;
import dev.unkai.wire.node.NicCounters;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a host is told of its guests beside how they are to run, and what it tells: devices and their tags, passwords, counters, images ahead. */
class HostExchangeTest {
    private static DiskSite site;
    private static FakeNode one;
    private static FakeNode two;
    private static String image;
    private String server = "";

    @BeforeAll
    static void start() {
        site = new DiskSite();
        one = site.host("host-1", 4096);
        two = site.host("host-2", 4096);
        image = site.image("base");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void leaveNothingBehind() {
        site.leaveNothingOf(server);
    }

    /** Where the server is. */
    private FakeNode node() {
        return one.machines().containsKey(server) ? one : two;
    }

    private Guest guest() {
        return node().machines().get(server).plan();
    }

    @Test
    void whatWasAskedForBesideItsDiskAndHowItIsTaggedIsInThePlan() {
        String network = site.cloud
                .send(site.token, "POST", "/network/v2.0/networks", "{\"network\":{\"name\":\"tagged\"}}")
                .json()
                .at("/network/id")
                .asString();
        site.cloud.send(site.token, "POST", "/network/v2.0/subnets", """
                {"subnet":{"network_id":"%s","cidr":"10.77.0.0/24","ip_version":4}}""".formatted(network));
        server = site.call(site.token, 42, "POST", "/servers", """
                {"server":{"name":"tagged","imageRef":"%s","flavorRef":"%s",
                 "networks":[{"uuid":"%s"},{"uuid":"%s","tag":"inner"}],
                 "block_device_mapping_v2":[
                  {"boot_index":0,"source_type":"image","destination_type":"local","uuid":"%s","tag":"system"},
                  {"boot_index":-1,"source_type":"blank","destination_type":"local","volume_size":1,"guest_format":"ext3","tag":"scratch"},
                  {"boot_index":-1,"source_type":"blank","destination_type":"local","volume_size":64,"guest_format":"swap"}]}}""".formatted(
                                image, site.flavor("e.three", 3, 128), network, network, image))
                .json()
                .at("/server/id")
                .asString();
        until(() -> site.status(server).equals("ACTIVE"));

        assertThat(besideItsOwn(guest())).containsExactly("ephemeral0 0 1024 ext3", "swap 0 64 swap");
        assertThat(guest().getDisk().getTag()).isEqualTo("system");
        assertThat(guest().getLocalDisks(0).getTag()).isEqualTo("scratch");
        assertThat(guest().getNicsList()).extracting(nic -> nic.getTag()).containsExactly("", "inner");

        String path = "/servers/" + server + "/os-interface";
        JsonNode late = site.call(site.token, 70, "POST", path, """
                        {"interfaceAttachment":{"net_id":"%s","tag":"late"}}""".formatted(network))
                .json()
                .path("interfaceAttachment");
        assertThat(late.path("tag").asString()).isEqualTo("late");
        until(() -> guest().getNicsCount() == 3);
        assertThat(guest().getNics(2).getTag()).isEqualTo("late");
        assertThat(site.call(site.token, 70, "GET", path, null)
                        .json()
                        .path("interfaceAttachments")
                        .findValuesAsString("tag"))
                .containsExactlyInAnyOrder("", "inner", "late");
        assertThat(site.call(site.token, 69, "GET", path, null)
                        .json()
                        .at("/interfaceAttachments/0")
                        .has("tag"))
                .isFalse();
        site.call(site.token, 70, "DELETE", path + "/" + late.path("port_id").asString(), null);
        until(() -> guest().getNicsCount() == 2);
        assertThat(site.count("select count(*) from nic_tag where server_id = '" + server + "'"))
                .isEqualTo(1);
    }

    @Test
    void aGuestLeavesAPasswordOnceAndItsOwnerReadsItAndClearsIt() {
        server = site.active(image, "u1.nano");
        assertThat(password()).isEmpty();
        assertThat(node().leavePassword(server, "c2VjcmV0")).isTrue();
        assertThat(node().leavePassword(server, "another")).isFalse();
        assertThat(password()).isEqualTo("c2VjcmV0");
        assertThat(site.call(site.stranger, 1, "GET", "/servers/" + server + "/os-server-password", null)
                        .status())
                .isEqualTo(404);
        until(() -> told().equals("c2VjcmV0"));
        assertThat(site.count("select count(*) from outbox where event::text like '%c2VjcmV0%'"))
                .isZero();

        // a guest that is made anew knows it still
        assertThat(site.act(server, "{\"rebuild\":{\"imageRef\":\"" + image + "\"}}")
                        .status())
                .isEqualTo(202);
        until(() -> guest().getDisk().getEdition() == 1);
        assertThat(told()).isEqualTo("c2VjcmV0");

        assertThat(site.call(site.token, 1, "DELETE", "/servers/" + server + "/os-server-password", null)
                        .status())
                .isEqualTo(204);
        assertThat(password()).isEmpty();
        until(() -> told().isEmpty());
        assertThat(node().leavePassword(server, "another")).isTrue();
    }

    @Test
    void noHostLeavesAPasswordForAGuestOfAnother() {
        server = site.active(image, "u1.nano");
        for (String guest : List.of(UUID.randomUUID().toString(), "none")) {
            assertThatThrownBy(() -> node().leavePassword(guest, "x")).hasMessageContaining("FAILED_PRECONDITION");
        }
        assertThatThrownBy(() -> node().leavePassword(server, "x".repeat(1021)))
                .hasMessageContaining("FAILED_PRECONDITION");
        assertThat(password()).isEmpty();
    }

    /** What the guest's metadata service says. */
    private String told() {
        return node().planned(server).orElseThrow().getMetadata().getPassword();
    }

    private String password() {
        return site.call(site.token, 1, "GET", "/servers/" + server + "/os-server-password", null)
                .json()
                .path("password")
                .asString();
    }

    @Test
    void itsCountersAndItsHostsUptimeAreWhatTheHostTells() {
        server = site.active(image, "u1.nano");
        FakeNode source = node();
        source.counters(GuestCounters.newBuilder()
                .setHypervisor("qemu")
                .setMemoryKib(131_072)
                .setMemoryUsedKib(65_536)
                .addProcessorNanos(7_000_000_000L)
                .addDisks(DiskCounters.newBuilder()
                        .setDevice("vda")
                        .setReadBytes(262_144)
                        .setReadRequests(112)
                        .setWriteBytes(5_778_432)
                        .setWriteRequests(488))
                .addNics(NicCounters.newBuilder().setMac("fa:16:3e:00:00:01").setDevice("vnet0"))
                .build());
        String path = "/servers/" + server + "/diagnostics";
        JsonNode shown = site.call(site.operator, 48, "GET", path, null).json();
        assertThat(shown.path("uptime").asLong(-1)).isBetween(0L, 60L);
        assertThat(shown.at("/cpu_details/0/time").asLong()).isEqualTo(7_000_000_000L);
        assertThat(shown.at("/disk_details/0/read_requests").asInt()).isEqualTo(112);
        assertThat(shown.at("/disk_details/0/write_bytes").asLong()).isEqualTo(5_778_432);
        assertThat(shown.at("/disk_details/0/errors_count").isNull()).isTrue();
        assertThat(shown.at("/memory_details").toString()).isEqualTo("{\"maximum\":128,\"used\":64}");
        JsonNode early = site.call(site.operator, 1, "GET", path, null).json();
        assertThat(early.path("cpu0_time").asLong()).isEqualTo(7_000_000_000L);
        assertThat(early.path("vda_write").asLong()).isEqualTo(5_778_432);
        assertThat(early.path("memory").asLong()).isEqualTo(131_072);
        assertThat(early.has("vnet0_rx")).as("not counted").isFalse();
        source.counters(null);
        assertThat(site.call(site.operator, 48, "GET", path, null)
                        .json()
                        .at("/cpu_details/0/time")
                        .isNull())
                .as("a node of before")
                .isTrue();

        String host = source.host().toString();
        assertThat(site.call(site.operator, 53, "GET", "/os-hypervisors/" + host + "/uptime", null)
                        .status())
                .as("a node of before")
                .isEqualTo(501);
        String line = " 08:32:11 up 93 days, 18:25,  2 users,  load average: 0.20, 0.12, 0.14";
        source.says(message -> message.hasReport()
                ? message.toBuilder()
                        .setReport(message.getReport().toBuilder().setUptime(line))
                        .build()
                : message);
        until(() -> site.call(site.operator, 53, "GET", "/os-hypervisors/" + host + "/uptime", null)
                .json()
                .at("/hypervisor/uptime")
                .asString("")
                .equals(line));
        assertThat(site.call(site.operator, 88, "GET", "/os-hypervisors/" + host, null)
                        .json()
                        .at("/hypervisor/uptime")
                        .asString())
                .isEqualTo(line);
        source.says(UnaryOperator.identity());
    }

    @Test
    void hostsOfAnAggregateAreToldOfImagesAheadAndForgetThemAfterADayOrWithTheImage() {
        String aggregates = "/os-aggregates";
        String id = site.call(site.operator, 81, "POST", aggregates, "{\"aggregate\":{\"name\":\"ahead\"}}")
                .json()
                .at("/aggregate/id")
                .asString();
        String add = "{\"add_host\":{\"host\":\"" + "host-2" + "\"}}";
        assertThat(site.call(site.operator, 81, "POST", aggregates + "/" + id + "/action", add)
                        .status())
                .isEqualTo(200);
        String images = aggregates + "/" + id + "/images";
        String ask = "{\"cache\":[{\"id\":\"" + image + "\"}]}";
        String twice = "{\"cache\":[{\"id\":\"" + image + "\"},{\"id\":\"" + image + "\"}]}";
        String unknown = "{\"cache\":[{\"id\":\"00000000-0000-4000-8000-000000000000\"}]}";
        assertThat(site.call(site.operator, 80, "POST", images, ask).status()).isEqualTo(404);
        assertThat(site.call(site.operator, 81, "POST", images, "{\"cache\":[]}")
                        .status())
                .isEqualTo(400);
        assertThat(site.call(site.operator, 81, "POST", images, twice).status()).isEqualTo(400);
        assertThat(site.call(site.operator, 81, "POST", images, unknown).status())
                .isEqualTo(400);
        assertThat(site.call(site.token, 81, "POST", images, ask).status()).isEqualTo(403);

        assertThat(site.call(site.operator, 81, "POST", images, ask).status()).isEqualTo(202);

        until(() -> two.plan().getImagesAheadCount() == 1);
        assertThat(two.plan().getImagesAhead(0).getImageId()).isEqualTo(image);
        assertThat(two.plan().getImagesAhead(0).getImageSha512()).hasSize(128);
        assertThat(one.plan().getImagesAheadCount()).isZero();

        site.run("update image_ahead set expires_at = now() - interval '1 second'");
        site.wake("image_ahead");
        until(() -> two.plan().getImagesAheadCount() == 0);

        String other = site.image("other");
        String askOther = ask.replace(image, other);
        assertThat(site.call(site.operator, 81, "POST", images, askOther).status())
                .isEqualTo(202);
        until(() -> two.plan().getImagesAheadCount() == 1);
        site.deleteImage(other);
        site.wake("image_ahead");
        until(() -> two.plan().getImagesAheadCount() == 0);
        String remove = "{\"remove_host\":{\"host\":\"" + "host-2" + "\"}}";
        site.call(site.operator, 81, "POST", aggregates + "/" + id + "/action", remove);
        site.call(site.operator, 81, "DELETE", aggregates + "/" + id, null);
    }
}
