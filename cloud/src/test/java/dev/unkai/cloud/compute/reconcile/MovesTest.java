package dev.unkai.cloud.compute.reconcile;

import static dev.unkai.cloud.compute.reconcile.DiskSite.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.RestorableDeletion;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.image.Qcow2Sample;
import dev.unkai.wire.node.Guest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Servers that go from host to host, from the API to both hosts' plans and back. */
class MovesTest {
    private static DiskSite site;
    private static FakeNode one;
    private static FakeNode two;
    private static String image;
    private String server = "";
    private FakeNode source;
    private FakeNode target;

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

    @BeforeEach
    void makeServer() {
        server = site.active(image, "u1.nano");
        boolean first = one.machines().containsKey(server);
        source = first ? one : two;
        target = first ? two : one;
    }

    @AfterEach
    void leaveNothingBehind() {
        source.idle(false);
        target.idle(false);
        source.letsGo(true);
        source.keeps("");
        site.leaveNothingOf(server);
    }

    private String host() {
        return site.server(server).path("OS-EXT-SRV-ATTR:host").asString();
    }

    private String name(FakeNode node) {
        return node == one ? "host-1" : "host-2";
    }

    private boolean settled(String status) {
        JsonNode shown = site.server(server);
        return shown.path("status").asString().equals(status)
                && shown.path("OS-EXT-STS:task_state").isNull();
    }

    private Answer migrateLive() {
        return site.operate(server, "{\"os-migrateLive\":{\"host\":null,\"block_migration\":\"auto\"}}");
    }

    @Test
    void theTargetMakesRoomForTheDisksBesideItsOwn() {
        site.call(site.operator, 1, "DELETE", "/servers/" + server, null);
        server = site.active(image, site.flavor("e.moving", 1, 64));
        source = one.machines().containsKey(server) ? one : two;
        target = source == one ? two : one;

        site.operate(server, "{\"migrate\":null}");
        until(() -> settled("VERIFY_RESIZE"));

        assertThat(target.machines().get(server).plan().getLocalDisksList())
                .extracting(disk -> disk.getName() + " " + disk.getSizeMib() + " " + disk.hasCopyOf())
                .containsExactly("ephemeral0 1024 false", "swap 64 false");
        assertThat(site.count("select used_disk_gib from host where name = '" + name(target) + "'"))
                .isEqualTo(3);
        site.act(server, "{\"confirmResize\":null}");
        until(() -> settled("ACTIVE"));
    }

    @Test
    void aResizeToDisksBesideItsOwnLeavesAHostWhoseNodeDoesNotMakeThem() {
        site.run("update host set protocol = 3 where name = '" + name(source) + "'");
        site.act(server, "{\"resize\":{\"flavorRef\":\"" + site.flavor("e.older", 1, 0) + "\"}}");
        until(() -> settled("VERIFY_RESIZE"));

        assertThat(host()).isEqualTo(name(target));
        assertThat(target.machines().get(server).plan().getLocalDisksList()).hasSize(1);
        site.run("update host set protocol = 4");
        site.act(server, "{\"confirmResize\":null}");
        until(() -> settled("ACTIVE"));
    }

    private JsonNode told(FakeNode node) {
        String document = node.planned(server)
                .map(guest -> guest.getMetadata().getFiles().getMetaDataJson())
                .orElse("");
        return document.isEmpty()
                ? MissingNode.getInstance()
                : JsonMapper.shared().readTree(document);
    }

    @Test
    void changedMetadataReachTheGuestWhereItIsAndWhereItGoesWithoutATaskOrANewGeneration() {
        long generation = source.planned(server).orElseThrow().getGeneration();
        site.call(site.token, 79, "POST", "/servers/" + server + "/metadata", "{\"metadata\":{\"role\":\"db\"}}");
        site.call(site.token, 79, "PUT", "/servers/" + server, "{\"server\":{\"name\":\"renamed\"}}");
        until(() -> told(source).at("/meta/role").asString("").equals("db")
                && told(source).path("name").asString().equals("renamed"));
        assertThat(told(source).path("hostname").asString()).isEqualTo("web");
        assertThat(source.planned(server).orElseThrow().getGeneration()).isEqualTo(generation);
        assertThat(settled("ACTIVE")).isTrue();

        source.letsGo(false);
        migrateLive();
        until(() -> inProgress().path("status").asString("").equals("running"));
        site.call(site.token, 79, "DELETE", "/servers/" + server + "/metadata/role", null);
        site.call(site.token, 79, "PUT", "/servers/" + server + "/metadata/late", "{\"meta\":{\"late\":\"yes\"}}");
        until(() -> told(source).at("/meta/late").asString("").equals("yes")
                && told(target).at("/meta/late").asString("").equals("yes"));
        assertThat(told(target).path("meta").has("role")).isFalse();

        source.letsGo(true);
        until(() -> settled("ACTIVE") && host().equals(name(target)));
        assertThat(told(target).at("/meta/late").asString("")).isEqualTo("yes");
        assertThat(site.count("select count(*) from metadata_change")).isZero();
    }

    private JsonNode inProgress() {
        return site.call(site.operator, 80, "GET", "/servers/" + server + "/migrations", null)
                .json()
                .at("/migrations/0");
    }

    @Test
    void aRunningServerGoesToTheOtherHostWithItsClaim() {
        source.letsGo(false);
        assertThat(migrateLive().status()).isEqualTo(202);

        until(() -> inProgress().path("status").asString("").equals("running")
                && inProgress().path("disk_total_bytes").asLong() == 70);
        JsonNode migration = inProgress();
        assertThat(migration.path("disk_processed_bytes").asLong()).isEqualTo(10);
        assertThat(migration.path("memory_total_bytes").asLong()).isEqualTo(30);
        assertThat(migration.path("dest_compute").asString()).isEqualTo(name(target));
        assertThat(site.server(server).path("OS-EXT-STS:task_state").asString()).isEqualTo("migrating");
        assertThat(site.server(server).path("status").asString()).isEqualTo("MIGRATING");
        assertThat(site.count("select count(*) from claim")).isEqualTo(2);
        assertThat(site.act(server, "{\"os-stop\":null}").status()).isEqualTo(409);

        source.letsGo(true);

        until(() -> settled("ACTIVE") && host().equals(name(target)));
        until(() -> source.machines().isEmpty());
        until(() -> site.count("select count(*) from claim") == 1);
        assertThat(target.machines().get(server).runs()).isTrue();
        assertThat(site.told(server, "move")).isEqualTo(1);
        assertThat(site.event(server, "live-migration").path("result").asString())
                .isEqualTo("Success");
        JsonNode all = site.call(site.operator, 80, "GET", "/os-migrations?instance_uuid=" + server, null)
                .json()
                .at("/migrations/0");
        assertThat(all.path("status").asString()).isEqualTo("completed");
        assertThat(all.path("migration_type").asString()).isEqualTo("live-migration");
        assertThat(all.path("source_compute").asString()).isEqualTo(name(source));
        assertThat(site.count("select downtime_millis from migration where server_id = '" + server + "'"))
                .isEqualTo(7);
    }

    @Test
    void aMoveThatFailsLeavesTheServerWhereItRuns() {
        source.keeps("The server could not be moved: the target does not answer");

        migrateLive();

        until(() ->
                site.event(server, "live-migration").path("result").asString("").equals("Error"));
        until(() -> settled("ACTIVE") && target.machines().isEmpty());
        assertThat(host()).isEqualTo(name(source));
        assertThat(source.machines().get(server).starts()).isEqualTo(1);
        until(() -> site.count("select count(*) from claim") == 1);
        assertThat(site.count("select count(*) from migration where status = 'error' and server_id = '" + server + "'"))
                .isEqualTo(1);
    }

    @Test
    void aMoveCanBeGivenUp() {
        source.letsGo(false);
        migrateLive();
        until(() -> inProgress().path("status").asString("").equals("running"));
        String address =
                "/servers/" + server + "/migrations/" + inProgress().path("id").asLong();
        assertThat(site.call(site.operator, 80, "POST", address + "/action", "{\"force_complete\":null}")
                        .status())
                .isEqualTo(202);
        until(() -> source.machines().get(server).plan().getDeparture().getForceComplete());

        assertThat(site.call(site.operator, 80, "DELETE", address, null).status())
                .isEqualTo(202);

        until(() -> settled("ACTIVE") && target.machines().isEmpty());
        assertThat(host()).isEqualTo(name(source));
        assertThat(source.machines().get(server).plan().hasDeparture()).isFalse();
        until(() ->
                site.count("select count(*) from migration where status = 'cancelled' and server_id = '" + server + "'")
                        == 1);
        until(() -> site.count("select count(*) from claim") == 1);
    }

    @Test
    void aServerMovedWhileItIsOffWaitsToBeConfirmed() {
        assertThat(site.operate(server, "{\"migrate\":null}").status()).isEqualTo(202);

        until(() -> settled("VERIFY_RESIZE"));
        assertThat(host()).isEqualTo(name(target));
        assertThat(target.machines().get(server).runs()).isTrue();
        assertThat(source.machines()).containsKey(server);
        assertThat(site.count("select count(*) from claim")).isEqualTo(2);

        site.act(server, "{\"confirmResize\":null}");

        until(() -> settled("ACTIVE") && source.machines().isEmpty());
        until(() -> site.count("select count(*) from claim") == 1);
        assertThat(target.machines().get(server).starts()).isEqualTo(1);
    }

    @Test
    void aServerMovedWhileItIsOffCanComeBack() {
        site.operate(server, "{\"migrate\":{\"host\":\"" + name(target) + "\"}}");
        until(() -> settled("VERIFY_RESIZE"));

        site.act(server, "{\"revertResize\":null}");

        until(() -> settled("ACTIVE") && target.machines().isEmpty());
        assertThat(host()).isEqualTo(name(source));
        assertThat(source.machines().get(server).runs()).isTrue();
        until(() -> site.count("select count(*) from claim") == 1);
    }

    @Test
    void aServerOnItsWayIsNotDeletedRestorablyAndOneThatWaitsIsConfirmedByIt() {
        RestorableDeletion deletion = new RestorableDeletion(site.cloud.context(), Duration.ofHours(1));
        source.letsGo(false);
        site.operate(server, "{\"migrate\":null}");
        until(() ->
                site.server(server).path("OS-EXT-STS:task_state").asString("").equals("resize_migrating"));
        assertThatThrownBy(() -> deletion.delete("project-a", server))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("resize_migrating");

        source.letsGo(true);
        until(() -> settled("VERIFY_RESIZE"));
        deletion.delete("project-a", server);

        until(() -> settled("SOFT_DELETED") && source.machines().isEmpty());
        until(() -> site.count("select count(*) from claim") == 1);
        site.operate(server, "{\"restore\":null}");
        until(() -> settled("ACTIVE"));
        assertThat(host()).isEqualTo(name(target));
    }

    @Test
    void noOtherMoveBeginsBeforeOneThatWasGivenUpIsOver() {
        source.letsGo(false);
        migrateLive();
        until(() -> source.planned(server).filter(Guest::hasDeparture).isPresent());
        source.idle(true);
        String address =
                "/servers/" + server + "/migrations/" + inProgress().path("id").asLong();
        site.call(site.operator, 80, "DELETE", address, null);

        assertThat(site.server(server).path("OS-EXT-STS:task_state").asString()).isEqualTo("migrating");
        assertThat(migrateLive().status()).isEqualTo(409);
        assertThat(site.operate(server, "{\"migrate\":null}").status()).isEqualTo(409);

        source.idle(false);
        until(() -> settled("ACTIVE") && target.machines().isEmpty());
        source.letsGo(true);
        assertThat(migrateLive().status()).isEqualTo(202);
        until(() -> settled("ACTIVE") && host().equals(name(target)));
        assertThat(site.count("select count(*) from migration where server_id = '" + server
                        + "' and status in ('cancelled', 'completed')"))
                .isEqualTo(2);
    }

    @Test
    void aWayBackThatTakesTooLongIsToldOnceAndNotLookedAtAllTheTime() {
        site.operate(server, "{\"migrate\":null}");
        until(() -> settled("VERIFY_RESIZE"));
        target.idle(true);
        site.act(server, "{\"revertResize\":null}");
        until(() -> site.count("select count(*) from guest where removing") == 1);

        site.run("update server set deadline_at = now(), due_at = now() where terminated_at is null");

        until(() -> site.told(server, "alarm") == 1);
        until(() -> site.count("select count(*) from server where due_at is null and deadline_at is null and id = '"
                        + server + "'")
                == 1);
        JsonNode late = late();
        assertThat(late).hasSize(1);
        assertThat(late.at("/0/id").asString()).isEqualTo(server);
        assertThat(late.at("/0/reason").asString()).contains("in time");
        assertThat(late.at("/0/since").asString()).isNotEmpty();
        target.idle(false);
        until(() -> settled("ACTIVE") && host().equals(name(source)));
        assertThat(site.told(server, "alarm")).isEqualTo(1);
        assertThat(late()).isEmpty();
    }

    private static JsonNode late() {
        return site.service(site.operator, "GET", "/overdue-work", null).json().path("servers");
    }

    /** What is left of it at a host that does not answer must not keep it from its image, nor bring it there again. */
    @Test
    void aMovedServerIsShelvedWhileItsOldHostStillHasSomethingOfIt() {
        source.letsGo(false);
        migrateLive();
        until(() -> source.planned(server).filter(Guest::hasDeparture).isPresent());
        source.idle(true);
        source.letsGo(true);
        until(() -> settled("ACTIVE") && host().equals(name(target)));
        target.captures(Qcow2Sample.sound().bytes());

        site.act(server, "{\"shelve\":null}");

        until(() -> settled("SHELVED_OFFLOADED"));
        assertThat(source.machines()).containsKey(server);
        assertThat(site.count("select count(*) from claim")).isEqualTo(1);

        site.act(server, "{\"unshelve\":null}");
        until(() -> settled("ACTIVE"));
        assertThat(host()).isEqualTo(name(target));

        source.idle(false);
        until(() -> source.machines().isEmpty());
        until(() -> site.count("select count(*) from claim") == 1);
    }

    @Test
    void aShelvedServerComesBackToTheHostThatTheProviderChoosesAndIsNotBoundToIt() {
        source.captures(Qcow2Sample.sound().bytes());
        target.captures(Qcow2Sample.sound().bytes());
        String unshelve = "{\"unshelve\":{\"host\":\"%s\"}}";
        for (String chosen : List.of(name(target), name(source))) {
            site.act(server, "{\"shelve\":null}");
            until(() -> settled("SHELVED_OFFLOADED"));

            Answer answer =
                    site.call(site.operator, 91, "POST", "/servers/" + server + "/action", unshelve.formatted(chosen));
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);

            until(() -> settled("ACTIVE"));
            assertThat(host()).isEqualTo(chosen);
        }
        site.act(server, "{\"shelve\":null}");
        until(() -> settled("SHELVED_OFFLOADED"));
        assertThat(site.call(site.operator, 91, "POST", "/servers/" + server + "/action", unshelve.formatted("nowhere"))
                        .status())
                .isEqualTo(400);
        site.act(server, "{\"unshelve\":null}");
        until(() -> settled("ACTIVE"));
        assertThat(site.count("select count(*) from server where requested_host is not null"))
                .isZero();
    }

    @Test
    void whatAServerOnItsWayToALargerSizeWillTakeIsNotGivenToOthers() {
        String create = """
                {"server":{"name":"other","imageRef":"%s","flavorRef":"u1.nano","networks":"none"}}""".formatted(image);
        site.run("insert into compute_quota values ('project-a', 'ram', 640)");
        site.run("update host set memory_mib = used_memory_mib + 512 where name = '" + name(source) + "'");
        source.letsGo(false);

        site.act(server, "{\"resize\":{\"flavorRef\":\"u1.tiny\"}}"); // of 512 MiB
        until(() ->
                site.server(server).path("OS-EXT-STS:task_state").asString("").equals("resize_migrating"));

        Answer fits = site.call(site.token, 37, "POST", "/servers", create);
        assertThat(fits.status()).isEqualTo(202);
        assertThat(site.call(site.token, 37, "POST", "/servers", create).status())
                .isEqualTo(403);
        site.call(
                site.token,
                1,
                "DELETE",
                "/servers/" + fits.json().at("/server/id").asString(),
                null);
        site.run("delete from compute_quota");
        site.run("update host set memory_mib = 4096");
    }

    @Test
    void aServerDeletedOnItsWayLeavesNothing() {
        source.letsGo(false);
        migrateLive();
        until(() -> inProgress().path("status").asString("").equals("running"));

        site.call(site.token, 1, "DELETE", "/servers/" + server, null);

        until(() -> one.machines().isEmpty() && two.machines().isEmpty());
    }

    @Test
    void whatCannotBeMovedIsRefusedWithAReason() {
        String live = "{\"os-migrateLive\":{\"host\":%s,\"block_migration\":%s}}";
        assertThat(site.act(server, live.formatted("null", "\"auto\"")).status())
                .isEqualTo(403);
        assertThat(site.operate(server, live.formatted("\"" + host() + "\"", "\"auto\""))
                        .status())
                .isEqualTo(400);
        assertThat(site.operate(server, live.formatted("\"nowhere\"", "\"auto\""))
                        .status())
                .isEqualTo(400);
        assertThat(site.operate(server, live.formatted("null", "false")).status())
                .isEqualTo(400);
        assertThat(site.operate(server, "{\"os-migrateLive\":{\"host\":null}}").status())
                .isEqualTo(400);
        assertThat(site.call(site.operator, 1, "POST", "/servers/" + server + "/action", live.formatted("null", "true"))
                        .status())
                .isEqualTo(400);
        assertThat(site.call(site.operator, 80, "GET", "/servers/" + server + "/migrations/1", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatTheServerDoesIsLookedAtBeforeWhatItsDiskNeeds() {
        assertThat(site.act(server, "{\"os-stop\":null}").status()).isEqualTo(202);
        assertThat(site.operate(server, "{\"os-migrateLive\":{\"host\":null,\"block_migration\":false}}")
                        .status())
                .isEqualTo(409);
    }
}
