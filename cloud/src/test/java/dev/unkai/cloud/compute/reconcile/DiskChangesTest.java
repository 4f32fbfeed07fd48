package dev.unkai.cloud.compute.reconcile;

import static dev.unkai.cloud.compute.reconcile.DiskSite.besideItsOwn;
import static dev.unkai.cloud.compute.reconcile.DiskSite.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.RestorableDeletion;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.image.Qcow2Sample;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Power;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Resizes, rebuilds, images and shelving from the API to the host's plan and back. */
class DiskChangesTest {
    private static DiskSite site;

    private static FakeNode node;

    private static String image;

    private String server = "";

    @BeforeAll
    static void start() {
        site = new DiskSite();
        node = site.host("host-1", 4096);
        image = site.image("base");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void leaveNothingBehind() {
        node.captures(new byte[0]);
        node.refuseCaptures("");
        site.leaveNothingOf(server);
    }

    private void resized() {
        server = site.active(image, "u1.nano");
        Answer answer = site.act(server, "{\"resize\":{\"flavorRef\":\"u1.micro\"}}");
        assertThat(answer.status()).isEqualTo(202);
        until(() -> site.status(server).equals("VERIFY_RESIZE"));
    }

    private Guest guest() {
        return node.machines().get(server).plan();
    }

    @Test
    void aResizeKeepsTheOldDiskAndClaimsBothUntilItIsConfirmed() {
        resized();
        assertThat(guest().getMemoryMib()).isEqualTo(256);
        assertThat(guest().getDisk().getSizeGib()).isEqualTo(2);
        assertThat(guest().getDisk().getEdition()).isEqualTo(1);
        assertThat(guest().getDisk().getCopyOf()).isZero();
        assertThat(guest().getDisk().getKeptList()).containsExactly(0L);
        assertThat(node.machines().get(server).starts()).isEqualTo(2);
        assertThat(site.server(server).at("/flavor/original_name").asString()).isEqualTo("u1.micro");
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(3);
        assertThat(site.count("select used_memory_mib from host")).isEqualTo(256);

        assertThat(site.act(server, "{\"confirmResize\":null}").status()).isEqualTo(204);

        until(() -> site.status(server).equals("ACTIVE"));
        assertThat(guest().getDisk().getKeptList()).isEmpty();
        assertThat(node.machines().get(server).starts()).isEqualTo(2);
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(2);
        assertThat(site.count(
                        "select count(*) from migration where status = 'confirmed' and server_id = '" + server + "'"))
                .isEqualTo(1);
        assertThat(site.event(server, "resize").path("result").asString()).isEqualTo("Success");
        assertThat(site.event(server, "confirmResize").path("result").asString())
                .isEqualTo("Success");
    }

    @Test
    void aConfirmedResizeIsOverAlsoWhenTheGuestSwitchesItselfOffBeforeAnythingIsHeardOfIt() {
        resized();
        long before = guest().getGeneration();
        node.lose(report -> report.getGeneration() > before && !report.getStoppedByGuest());
        try {
            assertThat(site.act(server, "{\"confirmResize\":null}").status()).isEqualTo(204);
            until(() -> guest().getGeneration() > before);
            node.powerOff(UUID.fromString(server));
            until(() -> site.status(server).equals("SHUTOFF"));
        } finally {
            node.lose(report -> false);
        }

        assertThat(site.count(
                        "select count(*) from migration where status = 'confirmed' and server_id = '" + server + "'"))
                .isEqualTo(1);
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(2);
    }

    @Test
    void theFlavorsEphemeralDiskAndSwapAreMadeClaimedAndLastAsLongAsTheReferenceSays() {
        server = site.active(image, site.flavor("e.one", 1, 512));
        String larger = site.flavor("e.two", 2, 0);
        assertThat(besideItsOwn(guest())).containsExactly("ephemeral0 0 1024 ext4", "swap 0 512 swap");
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(3);

        assertThat(site.act(server, "{\"resize\":{\"flavorRef\":\"u1.nano\"}}").status())
                .isEqualTo(400);
        site.act(server, "{\"resize\":{\"flavorRef\":\"" + larger + "\"}}");
        until(() -> site.status(server).equals("VERIFY_RESIZE"));
        assertThat(besideItsOwn(guest())).containsExactly("ephemeral0 1<0+0 2048 ext4");
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(6);

        site.act(server, "{\"revertResize\":null}");
        until(() -> site.status(server).equals("ACTIVE"));
        assertThat(besideItsOwn(guest())).containsExactly("ephemeral0 0 1024 ext4", "swap 0 512 swap");
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(3);

        site.act(server, "{\"rebuild\":{\"imageRef\":\"" + image + "\",\"preserve_ephemeral\":true}}");
        until(() -> guest().getDisk().getEdition() == 2 && site.status(server).equals("ACTIVE"));
        assertThat(besideItsOwn(guest())).containsExactly("ephemeral0 0 1024 ext4", "swap 2 512 swap");

        site.act(server, "{\"rebuild\":{\"imageRef\":\"" + image + "\"}}");
        until(() -> guest().getDisk().getEdition() == 3 && site.status(server).equals("ACTIVE"));
        assertThat(besideItsOwn(guest())).containsExactly("ephemeral0 3 1024 ext4", "swap 3 512 swap");

        node.captures(Qcow2Sample.sound().bytes());
        // off its host it is its image alone: what lay beside its own disk is lost, as in the reference
        site.act(server, "{\"shelve\":null}");
        until(() -> site.status(server).equals("SHELVED_OFFLOADED"));
        assertThat(site.count("select used_disk_gib from host")).isZero();
    }

    @Test
    void aRevertBringsTheOldSizeAndDiskBack() {
        resized();

        assertThat(site.act(server, "{\"revertResize\":null}").status()).isEqualTo(202);

        until(() -> site.status(server).equals("ACTIVE"));
        assertThat(guest().getMemoryMib()).isEqualTo(128);
        assertThat(guest().getDisk().getEdition()).isZero();
        assertThat(guest().getDisk().getSizeGib()).isEqualTo(1);
        assertThat(guest().getDisk().getKeptList()).isEmpty();
        assertThat(node.machines().get(server).starts()).isEqualTo(3);
        assertThat(site.count("select used_disk_gib from host")).isEqualTo(1);

        // the next resize never meets the disk of the first
        site.act(server, "{\"resize\":{\"flavorRef\":\"u1.micro\"}}");
        until(() -> site.status(server).equals("VERIFY_RESIZE"));
        assertThat(guest().getDisk().getEdition()).isEqualTo(2);
    }

    @Test
    void aStoppedServerStaysOffThroughItsResize() {
        server = site.active(image, "u1.nano");
        site.act(server, "{\"os-stop\":null}");
        until(() -> site.status(server).equals("SHUTOFF"));

        site.act(server, "{\"resize\":{\"flavorRef\":\"u1.micro\"}}");

        until(() -> site.status(server).equals("VERIFY_RESIZE"));
        assertThat(guest().getPower()).isEqualTo(Power.OFF);
        site.act(server, "{\"confirmResize\":null}");
        until(() -> site.status(server).equals("SHUTOFF"));
        assertThat(node.machines().get(server).starts()).isEqualTo(1);
    }

    @Test
    void aResizeThatNoHostCanTakeLeavesTheServerAsItWas() {
        server = site.active(image, "u1.nano");

        site.act(server, "{\"resize\":{\"flavorRef\":\"u1.large\"}}");

        until(() -> site.event(server, "resize").path("result").asString("").equals("Error"));
        until(() -> site.status(server).equals("ACTIVE")
                && site.server(server).path("OS-EXT-STS:task_state").isNull());
        assertThat(guest().getMemoryMib()).isEqualTo(128);
        assertThat(node.machines().get(server).starts()).isEqualTo(1);
        assertThat(site.server(server).at("/flavor/original_name").asString()).isEqualTo("u1.nano");
    }

    @Test
    void whatCannotBeResizedIsRefusedWithAReason() {
        server = site.active(image, "u1.micro");

        Answer smaller = site.act(server, "{\"resize\":{\"flavorRef\":\"u1.nano\"}}");
        assertThat(smaller.status()).isEqualTo(400);
        assertThat(smaller.text()).contains("Unable to resize disk down");
        Answer same = site.act(server, "{\"resize\":{\"flavorRef\":\"u1.micro\"}}");
        assertThat(same.status()).isEqualTo(400);
        assertThat(same.text()).contains("instances must change flavor");
        assertThat(site.act(server, "{\"resize\":{\"flavorRef\":\"none\"}}").status())
                .isEqualTo(400);
        assertThat(site.act(server, "{\"confirmResize\":null}").status()).isEqualTo(409);
        assertThat(site.act(server, "{\"revertResize\":null}").status()).isEqualTo(409);
        assertThat(site.call(
                                site.stranger,
                                1,
                                "POST",
                                "/servers/" + server + "/action",
                                "{\"resize\":{\"flavorRef\":\"u1.tiny\"}}")
                        .status())
                .isEqualTo(404);
        site.act(server, "{\"lock\":null}");
        assertThat(site.act(server, "{\"resize\":{\"flavorRef\":\"u1.tiny\"}}").status())
                .isEqualTo(409);
    }

    @Test
    void aRebuildPutsTheServerOnANewDiskFromTheNewImage() {
        server = site.active(image, "u1.nano");
        String other = site.image("other");

        Answer answer = site.act(server, """
                {"rebuild":{"imageRef":"%s","name":"new","adminPass":"secret-of-mine","metadata":{"a":"b"},
                 "description":"anew","user_data":"aGVsbG8="}}""".formatted(other));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/server/adminPass").asString()).isEqualTo("secret-of-mine");
        assertThat(answer.json().at("/server/user_data").asString()).isEqualTo("aGVsbG8=");
        assertThat(answer.json().at("/server/status").asString()).isEqualTo("REBUILD");
        until(() -> site.status(server).equals("ACTIVE"));
        assertThat(guest().getDisk().getImageId()).isEqualTo(other);
        assertThat(guest().getDisk().getEdition()).isEqualTo(1);
        assertThat(guest().getConfigDrive().getUserData().toStringUtf8()).isEqualTo("hello");
        assertThat(guest().getConfigDrive().getMetaDataJson()).contains("\"name\":\"new\"");
        assertThat(node.machines().get(server).starts()).isEqualTo(2);
        JsonNode shown = site.server(server);
        assertThat(shown.at("/image/id").asString()).isEqualTo(other);
        assertThat(shown.path("description").asString()).isEqualTo("anew");
        assertThat(shown.at("/metadata/a").asString()).isEqualTo("b");
        assertThat(site.act(server, "{\"rebuild\":{\"imageRef\":\"" + UUID.randomUUID() + "\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRebuildThatFindsNoHostIsOverAndCanBeAskedForAgain() {
        String rebuild = "{\"rebuild\":{\"imageRef\":\"" + image + "\"}}";
        server = site.call(site.token, 37, "POST", "/servers", """
                {"server":{"name":"huge","imageRef":"%s","flavorRef":"u1.xlarge","networks":"none"}}""".formatted(image))
                .json()
                .at("/server/id")
                .asString();
        until(() -> site.status(server).equals("ERROR"));

        for (int time = 0; time < 2; time++) {
            assertThat(site.act(server, rebuild).status()).isEqualTo(202);
            until(() -> site.status(server).equals("ERROR")
                    && site.server(server).path("OS-EXT-STS:task_state").isNull());
        }
    }

    @Test
    void anImageIsMadeWhileTheServerRunsOn() {
        server = site.active(image, "u1.nano");

        Answer answer = site.act(server, "{\"createImage\":{\"name\":\"shot\",\"metadata\":{\"k\":\"v\"}}}");

        assertThat(answer.status()).isEqualTo(202);
        UUID id = UUID.fromString(answer.json().path("image_id").asString());
        JsonNode queued = site.image(id);
        assertThat(queued.path("status").asString()).isEqualTo("queued");
        assertThat(queued.path("visibility").asString()).isEqualTo("private");
        assertThat(site.server(server).path("OS-EXT-STS:task_state").asString()).isEqualTo("image_snapshot");
        assertThat(site.act(server, "{\"createImage\":{\"name\":\"two\"}}").status())
                .isEqualTo(409);

        node.captures(Qcow2Sample.sound().bytes());

        until(() -> site.image(id).path("status").asString().equals("active"));
        JsonNode made = site.image(id);
        assertThat(made.path("image_type").asString()).isEqualTo("snapshot");
        assertThat(made.path("instance_uuid").asString()).isEqualTo(server);
        assertThat(made.path("base_image_ref").asString()).isEqualTo(image);
        assertThat(made.path("hw_disk_bus").asString()).isEqualTo("virtio");
        assertThat(made.path("k").asString()).isEqualTo("v");
        assertThat(made.path("min_disk").asInt()).isEqualTo(1);
        assertThat(made.path("virtual_size").asLong()).isEqualTo(64L << 20);
        until(() -> site.server(server).path("OS-EXT-STS:task_state").isNull());
        until(() -> guest().getCapturesCount() == 0);
        assertThat(node.machines().get(server).starts()).isEqualTo(1);
        assertThat(site.told(server, "image/stored")).isEqualTo(1);
        assertThat(site.event(server, "createImage").path("result").asString()).isEqualTo("Success");
    }

    @Test
    void anImageThatTheHostCannotMakeIsGivenUpAndItsReasonTold() {
        server = site.active(image, "u1.nano");
        node.refuseCaptures("The host's disk has no room for a copy of the server's disk.");

        Answer answer = site.act(server, "{\"createImage\":{\"name\":\"shot\"}}");

        String id = answer.json().path("image_id").asString();
        until(() -> site.imageStatus(id) == 404);
        until(() -> site.server(server).path("OS-EXT-STS:task_state").isNull());
        JsonNode event = site.event(server, "createImage");
        assertThat(event.path("result").asString()).isEqualTo("Error");
        assertThat(event.path("details").asString()).contains("no room for a copy");
        assertThat(site.status(server)).isEqualTo("ACTIVE");
    }

    @Test
    void anImageDeletedBeforeItWasStoredEndsTheTask() {
        server = site.active(image, "u1.nano");
        Answer answer = site.act(server, "{\"createImage\":{\"name\":\"shot\"}}");
        site.deleteImage(answer.json().path("image_id").asString());

        node.captures(Qcow2Sample.sound().bytes());

        until(() -> site.server(server).path("OS-EXT-STS:task_state").isNull());
        assertThat(site.event(server, "createImage").path("result").asString()).isEqualTo("Error");
    }

    @Test
    void ofBackupsOnlyTheNewestStay() {
        server = site.active(image, "u1.nano");
        node.captures(Qcow2Sample.sound().bytes());
        String first = backup();
        String second = backup();

        assertThat(site.imageStatus(second)).isEqualTo(200);
        until(() -> site.imageStatus(first) == 404);
        assertThat(site.image(UUID.fromString(second)).path("backup_type").asString())
                .isEqualTo("daily");
    }

    private String backup() {
        Answer answer =
                site.act(server, "{\"createBackup\":{\"name\":\"b\",\"backup_type\":\"daily\",\"rotation\":1}}");
        String id = answer.json().path("image_id").asString();
        until(() -> site.image(UUID.fromString(id)).path("status").asString().equals("active"));
        until(() -> site.server(server).path("OS-EXT-STS:task_state").isNull());
        return id;
    }

    @Test
    void aShelvedServerLeavesItsHostAndComesBackFromItsImage() {
        server = site.active(image, "u1.nano");
        node.captures(Qcow2Sample.sound().bytes());

        assertThat(site.act(server, "{\"shelve\":null}").status()).isEqualTo(202);

        until(() -> site.status(server).equals("SHELVED_OFFLOADED"));
        assertThat(node.machines()).isEmpty();
        assertThat(site.count("select count(*) from claim")).isZero();
        assertThat(site.server(server).path("OS-EXT-SRV-ATTR:host").isNull()).isTrue();
        String shelved = site.count("select count(*) from image where name = 'web-shelved'") == 1 ? "there" : "gone";
        assertThat(shelved).isEqualTo("there");

        assertThat(site.act(server, "{\"unshelve\":null}").status()).isEqualTo(202);

        until(() -> site.status(server).equals("ACTIVE"));
        assertThat(guest().getDisk().getImageId()).isNotEqualTo(image);
        assertThat(site.server(server).at("/image/id").asString()).isEqualTo(image);
        assertThat(site.count("select count(*) from image where name = 'web-shelved'"))
                .isZero();
        assertThat(site.event(server, "shelve").path("result").asString()).isEqualTo("Success");
        assertThat(site.event(server, "unshelve").path("result").asString()).isEqualTo("Success");
    }

    @Test
    void aShelvedServerCanBeDeleted() {
        server = site.active(image, "u1.nano");
        node.captures(Qcow2Sample.sound().bytes());
        site.act(server, "{\"shelve\":null}");
        until(() -> site.status(server).equals("SHELVED_OFFLOADED"));

        site.call(site.token, 1, "DELETE", "/servers/" + server, null);

        until(() ->
                site.call(site.operator, 1, "GET", "/servers/" + server, null).status() == 404);
        assertThat(site.count("select count(*) from image where name = 'web-shelved'"))
                .isZero();
    }

    @Test
    void aServerDeletedRestorablyDoesNotCountAgainWhileItIsRemovedForGood() {
        server = site.active(image, "u1.nano");
        new RestorableDeletion(site.cloud.context(), Duration.ofHours(1)).delete("project-a", server);
        until(() -> site.status(server).equals("SOFT_DELETED"));
        node.idle(true);

        assertThat(site.operate(server, "{\"forceDelete\":null}").status()).isEqualTo(202);

        assertThat(site.count("select count(*) from server where terminated_at is null and desired = 'deleted'"))
                .isEqualTo(1);
        assertThat(site.call(site.operator, 87, "GET", "/os-quota-sets/project-a/detail", null)
                        .json()
                        .at("/quota_set/instances/in_use")
                        .asInt(-1))
                .isZero();
        node.idle(false);
        until(() ->
                site.call(site.operator, 1, "GET", "/servers/" + server, null).status() == 404);
    }

    @Test
    void aServerWhoseImageDoesNotComeInTimeRunsAgain() {
        server = site.active(image, "u1.nano");
        site.act(server, "{\"shelve\":null}");
        until(() -> !node.machines().get(server).runs());

        site.run("update server set deadline_at = now(), due_at = now() where id = '" + server + "'");

        until(() -> site.status(server).equals("ACTIVE")
                && node.machines().get(server).runs());
        assertThat(guest().getCapturesList()).isEmpty();
        assertThat(site.event(server, "shelve").path("result").asString()).isEqualTo("Error");
    }

    @Test
    void aServerWhoseImageCannotBeMadeIsNotShelved() {
        server = site.active(image, "u1.nano");
        node.refuseCaptures("The host's disk has no room for a copy of the server's disk.");

        site.act(server, "{\"shelve\":null}");

        until(() -> site.event(server, "shelve").path("result").asString("").equals("Error"));
        until(() -> site.status(server).equals("ACTIVE")
                && node.machines().get(server).runs());
        assertThat(site.count("select count(*) from image where name = 'web-shelved'"))
                .isZero();
    }

    /** Nothing of it shows in the server's states or actions. */
    @Test
    void evidenceIsBroughtByTheHostWhileTheServerStaysAsItIs() {
        server = site.active(image, "u1.nano");
        long generation = site.count("select generation from guest");
        int actions = (int) site.count("select count(*) from instance_action");
        site.run(
                "insert into evidence_package (id, reference, project_id, server_id, reason, may_tell, made_by, made_name)"
                        + " values ('8d3f4a51-0d3c-4a4f-9b5e-0e6f3f1c2b7a', 'K', 'project-a', '" + server
                        + "', 'r', false, 'k', 'k')");
        site.run("insert into evidence_part (package_id, name, kind, capture_id) values"
                + " ('8d3f4a51-0d3c-4a4f-9b5e-0e6f3f1c2b7a', 'server-memory.elf', 'memory', gen_random_uuid())");

        node.captures("as it was in the memory".getBytes(StandardCharsets.UTF_8));

        until(() -> site.count("select count(*) from evidence_part where state = 'done' and size = 23") == 1);
        assertThat(site.count("select count(*) from evidence_custody where action = 'evidence-package/collect'"))
                .isEqualTo(1);
        assertThat(site.status(server)).isEqualTo("ACTIVE");
        assertThat(site.count("select generation from guest")).isEqualTo(generation);
        assertThat(site.count("select count(*) from instance_action")).isEqualTo(actions);
        site.run("update evidence_package set state = 'given_up'");
    }
}
