package dev.unkai.cloud.compute.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.hosts.FakeNode;
import dev.unkai.cloud.hosts.link.NodePort;
import dev.unkai.cloud.image.Qcow2Sample;
import dev.unkai.wire.node.Guest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/** The whole cloud process with hosts that keep their guests in memory, spoken to by the APIs only. */
final class DiskSite implements AutoCloseable {
    private final TestPki pki = new TestPki();
    final RunningCloud cloud = RunningCloud.start(pki);
    private final List<FakeNode> nodes = new ArrayList<>();
    final String token = cloud.token("project-a", "member", "reader");
    final String operator = cloud.token("provider", "admin", "manager", "member", "reader");
    final String stranger = cloud.token("project-b", "member", "reader");

    FakeNode host(String name, int memoryMib) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        FakeNode node = new FakeNode(
                        id,
                        name,
                        16,
                        memoryMib,
                        100,
                        pki.issue("node-" + name, "URI:unkai:host:" + id),
                        NodePort.of(cloud.context()))
                .protocol(4)
                .start();
        nodes.add(node);
        until(() -> count("select count(*) from host where state = 'up' and name = '" + name + "'") == 1);
        return node;
    }

    /** An active image whose disk has 64 MiB. */
    String image(String name) {
        String id = cloud.send(token, "POST", "/image/v2/images", """
                        {"name":"%s","disk_format":"qcow2","container_format":"bare","visibility":"private",
                         "hw_disk_bus":"virtio"}""".formatted(name))
                .json()
                .path("id")
                .asString();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(cloud.address() + "/image/v2/images/" + id + "/file"))
                            .header("X-Auth-Token", token)
                            .header("Content-Type", "application/octet-stream")
                            .PUT(BodyPublishers.ofByteArray(Qcow2Sample.sound().bytes()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 204) {
                throw new IllegalStateException(answer.body());
            }
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return id;
    }

    /** A flavor for all, with a disk of 1 GiB; answers its id. */
    String flavor(String id, int ephemeralGb, int swapMb) {
        call(operator, 1, "POST", "/flavors", """
                {"flavor":{"id":"%s","name":"%s","vcpus":1,"ram":128,"disk":1,"OS-FLV-EXT-DATA:ephemeral":%d,"swap":%d}}""".formatted(id, id, ephemeralGb, swapMb));
        return id;
    }

    String active(String image, String flavor) {
        Answer made = call(token, 37, "POST", "/servers", """
                {"server":{"name":"web","imageRef":"%s","flavorRef":"%s","networks":"none"}}""".formatted(image, flavor));
        String id = made.json().at("/server/id").asString();
        until(() -> status(id).equals("ACTIVE"));
        return id;
    }

    Answer call(String bearer, int minor, String method, String path, String body) {
        return cloud.send(
                bearer, method, "/compute/v2.1" + path, body, Map.of("OpenStack-API-Version", "compute 2." + minor));
    }

    /** By the service API. */
    Answer service(String bearer, String method, String path, String body) {
        return cloud.send(bearer, method, "/service/v1" + path, body);
    }

    Answer act(String server, String action) {
        return call(token, 87, "POST", "/servers/" + server + "/action", action);
    }

    Answer operate(String server, String action) {
        return call(operator, 87, "POST", "/servers/" + server + "/action", action);
    }

    JsonNode server(String id) {
        return call(operator, 87, "GET", "/servers/" + id, null).json().path("server");
    }

    String status(String id) {
        return server(id).path("status").asString();
    }

    JsonNode image(UUID id) {
        return cloud.send(token, "GET", "/image/v2/images/" + id, null).json();
    }

    int imageStatus(String id) {
        return cloud.send(token, "GET", "/image/v2/images/" + id, null).status();
    }

    Answer deleteImage(String id) {
        return cloud.send(token, "DELETE", "/image/v2/images/" + id, null);
    }

    /** The result of the newest event of the server's newest action of this name. */
    JsonNode event(String server, String action) {
        for (JsonNode one : call(operator, 87, "GET", "/servers/" + server + "/os-instance-actions", null)
                .json()
                .path("instanceActions")) {
            if (one.path("action").asString().equals(action)) {
                return call(
                                operator,
                                87,
                                "GET",
                                "/servers/" + server + "/os-instance-actions/"
                                        + one.path("request_id").asString(),
                                null)
                        .json()
                        .at("/instanceAction/events/0");
            }
        }
        throw new AssertionError("no action " + action);
    }

    /** How many events of the action the server has in the outbox, which nothing empties here. */
    long told(String server, String action) {
        return count("select count(*) from outbox where event::jsonb ->> 'action' = '" + action
                + "' and event::jsonb -> 'target' ->> 'id' = '" + server + "'");
    }

    long count(String sql) {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql(sql).query(Long.class).single());
    }

    void run(String sql) {
        cloud.context().getBean(Transactions.class).doAsSystem(db -> db.sql(sql).update());
    }

    /** Wakes a reconciler before its time. */
    void wake(String channel) {
        cloud.context().getBean(Transactions.class).doAsSystem(db -> db.wake(channel));
    }

    /** The disks that a guest has beside its own, each as {@code name edition[<copy of][+kept] MiB format}. */
    static List<String> besideItsOwn(Guest guest) {
        return guest.getLocalDisksList().stream()
                .map(disk -> disk.getName() + " " + disk.getEdition()
                        + (disk.hasCopyOf() ? "<" + disk.getCopyOf() : "")
                        + (disk.getKeptCount() > 0 ? "+" + disk.getKept(0) : "")
                        + " " + disk.getSizeMib() + " " + disk.getFormat())
                .toList();
    }

    /** Deletes the server, if one was made, and looks whether hosts and the database have anything of it left. */
    void leaveNothingOf(String server) {
        if (!server.isEmpty()) {
            call(operator, 1, "DELETE", "/servers/" + server, null);
            until(() -> call(operator, 1, "GET", "/servers/" + server, null).status() == 404);
        }
        until(() -> nodes.stream().allMatch(node -> node.machines().isEmpty()));
        for (String table : List.of("guest", "claim", "capture")) {
            assertThat(count("select count(*) from " + table)).as(table).isZero();
        }
        assertThat(count("select count(*) from (select project_id from usage_change group by project_id"
                        + " having (sum(servers), sum(vcpus), sum(ram_mb), sum(ports)) <> (0, 0, 0, 0)) u"))
                .isZero();
        assertThat(count("select sum(used_memory_mib + used_vcpus + used_disk_gib + guests)::bigint from host"))
                .isZero();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    @Override
    public void close() {
        nodes.forEach(FakeNode::close);
        cloud.close();
    }
}
