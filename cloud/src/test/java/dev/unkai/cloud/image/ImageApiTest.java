package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImageApiTest {
    private static final String V2_0 = "application/openstack-images-v2.0-json-patch";
    private static RunningImages images;

    @BeforeAll
    static void start() throws IOException {
        images = new RunningImages();
    }

    @AfterAll
    static void stop() {
        images.close();
    }

    private static String project() {
        return "p" + UUID.randomUUID().toString().replace("-", "");
    }

    private static List<String> ids(Answer list) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        list.json().get("images").forEach(image -> ids.add(image.get("id").stringValue()));
        return ids;
    }

    @Test
    void discoveryNeedsNoTokenAndNamesVersionsUnderThePublicAddress() {
        Answer choices = images.get("", "/image");
        assertThat(choices.status()).isEqualTo(300);
        assertThat(images.get("", "/image/").status()).isEqualTo(300);
        JsonNode newest = choices.json().get("versions").get(0);
        assertThat(newest.get("id").stringValue()).isEqualTo("v2.7");
        assertThat(newest.get("links").get(0).get("href").stringValue()).isEqualTo("https://cloud.test:8443/image/v2/");
        assertThat(images.get("", "/image/v2/").status()).isEqualTo(200);
        for (String schema : List.of("image", "images", "member", "members")) {
            assertThat(images.get(RunningImages.member("p"), "/image/v2/schemas/" + schema)
                            .field("name"))
                    .isEqualTo(schema);
        }
        assertThat(images.get(RunningImages.member("p"), "/image/v2/schemas/../policy")
                        .status())
                .isEqualTo(404);
        assertThat(images.get(RunningImages.member("p"), "/image/v2/info/import")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anImageIsRegisteredShownChangedAndDeletedWithOneEventEach() {
        String project = project();
        String token = RunningImages.member(project);
        Answer created = images.post(
                token,
                "/image/v2/images",
                Map.of(
                        "name",
                        "画像",
                        "disk_format",
                        "qcow2",
                        "container_format",
                        "bare",
                        "min_disk",
                        3,
                        "tags",
                        List.of("a"),
                        "hw_firmware_type",
                        "uefi",
                        "visibility",
                        "private"));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.field("id");
        assertThat(created.raw().headers().firstValue("Location")).hasValue("/v2/images/" + id);
        assertThat(created.field("status")).isEqualTo("queued");
        assertThat(created.field("owner")).isEqualTo(project);
        assertThat(created.field("hw_firmware_type")).isEqualTo("uefi");
        assertThat(created.field("file")).isEqualTo("/v2/images/" + id + "/file");

        Answer changed = images.patch(
                token,
                id,
                List.of(
                        Map.of("op", "replace", "path", "/name", "value", "second"),
                        Map.of("op", "add", "path", "/os_distro", "value", "debian"),
                        Map.of("op", "remove", "path", "/hw_firmware_type"),
                        Map.of("op", "replace", "path", "/tags", "value", List.of("b", "c"))));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        Answer shown = images.get(token, "/image/v2/images/" + id);
        assertThat(shown.field("name")).isEqualTo("second");
        assertThat(shown.field("os_distro")).isEqualTo("debian");
        assertThat(shown.json().has("hw_firmware_type")).isFalse();
        assertThat(shown.json().get("tags").toString()).isEqualTo("[\"b\",\"c\"]");

        Answer older = images.sendJson(
                token, "PATCH", "/image/v2/images/" + id, List.of(Map.of("replace", "/name", "value", "third")), V2_0);
        assertThat(older.field("name")).isEqualTo("third");

        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(204);
        assertThat(images.get(token, "/image/v2/images/" + id).status()).isEqualTo(404);
        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(404);

        List<String> outcomes = new ArrayList<>();
        for (String action : List.of("create", "update", "delete")) {
            images.events(action).stream()
                    .filter(event -> event.get("target").get("id").stringValue().equals(id))
                    .forEach(event ->
                            outcomes.add(action + " " + event.get("outcome").stringValue() + " "
                                    + event.get("initiator")
                                            .get("project_id")
                                            .stringValue()
                                            .equals(project)));
        }
        assertThat(outcomes)
                .containsExactly(
                        "create success true",
                        "update success true",
                        "update success true",
                        "delete success true",
                        "delete failure true");
    }

    @Test
    void anotherProjectsImageIsNotThereAndAPublicOneCannotBeChanged() {
        String owner = RunningImages.member(project());
        String stranger = RunningImages.member(project());
        String id = images.image(owner, "mine", "raw");
        List<Map<String, Object>> rename = List.of(Map.of("op", "replace", "path", "/name", "value", "x"));
        assertThat(images.get(stranger, "/image/v2/images/" + id).status()).isEqualTo(404);
        assertThat(images.get(stranger, "/image/v2/images/" + id + "/file").status())
                .isEqualTo(404);
        assertThat(images.patch(stranger, id, rename).status()).isEqualTo(404);
        assertThat(images.delete(stranger, "/image/v2/images/" + id).status()).isEqualTo(404);
        assertThat(images.upload(stranger, id, new byte[512], Map.of()).status())
                .isEqualTo(404);
        assertThat(ids(images.get(stranger, "/image/v2/images?visibility=all"))).doesNotContain(id);
        assertThat(images.post(stranger, "/image/v2/images", Map.of("id", id)).status())
                .isEqualTo(409);

        String open = images.image(RunningImages.operator(), Map.of("name", "open", "visibility", "public"));
        assertThat(ids(images.get(stranger, "/image/v2/images?name=open"))).contains(open);
        assertThat(images.patch(stranger, open, rename).status()).isEqualTo(403);
        assertThat(images.delete(stranger, "/image/v2/images/" + open).status()).isEqualTo(403);
        assertThat(images.upload(stranger, open, new byte[512], Map.of()).status())
                .isEqualTo(403);
        assertThat(images.send(
                                stranger,
                                "PUT",
                                "/image/v2/images/" + open + "/tags/x",
                                BodyPublishers.noBody(),
                                Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(images.get(owner, "/image/v2/images/" + open).field("name")).isEqualTo("open");
    }

    @Test
    void withoutTokenOrWithTooSmallARoleNothingHappens() {
        String reader = RunningImages.token(project(), "reader");
        assertThat(images.get("", "/image/v2/images").status()).isEqualTo(401);
        assertThat(images.get("nonsense", "/image/v2/images").status()).isEqualTo(401);
        assertThat(images.post("", "/image/v2/images", Map.of()).status()).isEqualTo(401);
        assertThat(images.post(reader, "/image/v2/images", Map.of()).status()).isEqualTo(403);
        assertThat(images.upload(reader, UUID.randomUUID().toString(), new byte[1], Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(images.get(reader, "/image/v2/images").status()).isEqualTo(200);
        assertThat(images.events("image:image:create")).isNotEmpty();
    }

    @Test
    void onlyAnOperatorMakesImagesPublicOrGivesThemAway() {
        String token = RunningImages.member(project());
        assertThat(images.post(token, "/image/v2/images", Map.of("visibility", "public"))
                        .status())
                .isEqualTo(403);
        assertThat(images.post(token, "/image/v2/images", Map.of("owner", "other"))
                        .status())
                .isEqualTo(403);
        String id = images.image(token, "mine", "raw");
        Map<String, Object> publish = Map.of("op", "replace", "path", "/visibility", "value", "public");
        Answer refused = images.patch(token, id, List.of(publish));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("<h1>403 Forbidden</h1>").contains("operator");
        assertThat(images.events("update").getLast().get("outcome").stringValue())
                .isEqualTo("failure");
        assertThat(images.patch(RunningImages.operator(), id, List.of(publish)).status())
                .isEqualTo(200);
        assertThat(ids(images.get(RunningImages.member(project()), "/image/v2/images?limit=1000")))
                .contains(id);
    }

    @Test
    void aProtectedImageStaysUntilItIsReleased() {
        String token = RunningImages.member(project());
        String id = images.image(token, Map.of("protected", true));
        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(403);
        images.patch(token, id, List.of(Map.of("op", "replace", "path", "/protected", "value", false)));
        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(204);
    }

    @Test
    void aSharedImageIsListedOnceItsMemberHasAccepted() {
        String memberProject = project();
        String owner = RunningImages.member(project());
        String member = RunningImages.member(memberProject);
        String id = images.image(owner, Map.of("name", "shared", "visibility", "shared"));
        String members = "/image/v2/images/" + id + "/members";
        assertThat(images.get(member, members).status()).isEqualTo(404);
        Answer offered = images.post(owner, members, Map.of("member", memberProject));
        assertThat(offered.field("status")).isEqualTo("pending");
        assertThat(images.post(owner, members, Map.of("member", memberProject)).status())
                .isEqualTo(409);
        assertThat(images.get(member, "/image/v2/images/" + id).status()).isEqualTo(200);
        assertThat(ids(images.get(member, "/image/v2/images"))).doesNotContain(id);
        assertThat(ids(images.get(member, "/image/v2/images?visibility=shared&member_status=pending")))
                .containsExactly(id);

        String mine = members + "/" + memberProject;
        assertThat(images.sendJson(owner, "PUT", mine, Map.of("status", "accepted"), "application/json")
                        .status())
                .isEqualTo(403);
        assertThat(images.sendJson(member, "PUT", mine, Map.of("status", "perhaps"), "application/json")
                        .status())
                .isEqualTo(400);
        assertThat(images.sendJson(member, "PUT", mine, Map.of("status", "accepted"), "application/json")
                        .field("status"))
                .isEqualTo("accepted");
        assertThat(ids(images.get(member, "/image/v2/images?limit=1000"))).contains(id);
        assertThat(ids(images.get(member, "/image/v2/images?visibility=shared")))
                .containsExactly(id);
        assertThat(images.delete(member, mine).status()).isEqualTo(403);
        assertThat(images.get(RunningImages.member(project()), mine).status()).isEqualTo(404);
        assertThat(images.delete(owner, mine).status()).isEqualTo(204);
        assertThat(images.get(member, "/image/v2/images/" + id).status()).isEqualTo(404);
    }

    @Test
    void communityImagesAreSeenByThoseWhoAskForThem() {
        String id = images.image(RunningImages.member(project()), Map.of("visibility", "community"));
        String other = RunningImages.member(project());
        assertThat(ids(images.get(other, "/image/v2/images"))).doesNotContain(id);
        assertThat(ids(images.get(other, "/image/v2/images?visibility=community&limit=1000")))
                .contains(id);
        assertThat(images.get(other, "/image/v2/images/" + id).status()).isEqualTo(200);
    }

    @Test
    void tagsAreAddedAndRemoved() {
        String token = RunningImages.member(project());
        String path = "/image/v2/images/" + images.image(token, "tagged", "raw");
        assertThat(images.send(token, "PUT", path + "/tags/web%20tier", BodyPublishers.noBody(), Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(images.get(token, path).json().get("tags").toString()).isEqualTo("[\"web tier\"]");
        assertThat(ids(images.get(token, "/image/v2/images?tag=web%20tier"))).hasSize(1);
        assertThat(images.delete(token, path + "/tags/web%20tier").status()).isEqualTo(204);
        assertThat(images.delete(token, path + "/tags/web%20tier").status()).isEqualTo(404);
    }

    @Test
    void listsFilterSortAndPageWithoutLosingOrRepeatingAny() {
        String token = RunningImages.member(project());
        List<String> all = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            Map<String, Object> attributes =
                    new HashMap<>(Map.of("min_ram", n % 2, "disk_format", n < 3 ? "raw" : "qcow2"));
            if (n != 5) {
                attributes.put("name", n < 4 ? "same" : "n" + n);
            }
            attributes.put("os_distro", n == 6 ? "debian" : "other");
            all.add(images.image(token, attributes));
        }
        for (String sort :
                List.of("", "&sort=name:asc,size:desc", "&sort_key=name&sort_dir=desc", "&sort=updated_at:asc")) {
            List<String> seen = new ArrayList<>();
            String next = "/v2/images?visibility=shared&limit=2" + sort;
            while (!next.isEmpty()) {
                Answer page = images.get(token, "/image" + next);
                seen.addAll(ids(page));
                next = page.field("next");
            }
            assertThat(seen).as(sort).containsExactlyInAnyOrderElementsOf(all);
        }
        assertThat(ids(images.get(token, "/image/v2/images?name=same"))).hasSize(4);
        assertThat(ids(images.get(token, "/image/v2/images?name=in:n4,n6"))).hasSize(2);
        assertThat(ids(images.get(token, "/image/v2/images?disk_format=raw&visibility=shared")))
                .hasSize(3);
        assertThat(ids(images.get(token, "/image/v2/images?os_distro=debian"))).containsExactly(all.get(6));
        assertThat(ids(images.get(token, "/image/v2/images?min_ram=1&visibility=shared")))
                .hasSize(3);
        assertThat(ids(images.get(token, "/image/v2/images?status=active&visibility=shared")))
                .isEmpty();
        assertThat(ids(images.get(token, "/image/v2/images?id=" + all.get(2)))).containsExactly(all.get(2));
        assertThat(ids(images.get(token, "/image/v2/images?created_at=gte:2020-01-01T00:00:00Z&visibility=shared")))
                .hasSize(7);
        assertThat(ids(images.get(token, "/image/v2/images?limit=0"))).isEmpty();
        assertThat(ids(images.get(token, "/image/v2/images?visibility=private")))
                .isEmpty();

        images.patch(token, all.get(0), List.of(Map.of("op", "replace", "path", "/os_hidden", "value", true)));
        assertThat(ids(images.get(token, "/image/v2/images?visibility=shared"))).hasSize(6);
        assertThat(ids(images.get(token, "/image/v2/images?visibility=shared&os_hidden=true")))
                .containsExactly(all.get(0));
    }

    @Test
    void badListParametersAreRefusedWithASentence() {
        String token = RunningImages.member(project());
        for (String query : List.of(
                "limit=-1",
                "limit=x",
                "marker=x",
                "marker=" + UUID.randomUUID(),
                "sort=nothing",
                "sort=name:up",
                "sort=name&sort_key=name",
                "sort_dir=up",
                "sort_dir=asc&sort_dir=desc",
                "visibility=no",
                "member_status=no",
                "protected=perhaps",
                "size_min=x",
                "min_ram=99999999999999999999",
                "created_at=yesterday",
                "changes-since=x",
                "name=%00",
                "size_min=1%27")) {
            Answer answer = images.get(token, "/image/v2/images?" + query);
            assertThat(answer.status()).as(query + " " + answer.text()).isEqualTo(400);
        }
        assertThat(ids(images.get(token, "/image/v2/images?id=no-id"))).isEmpty();
        assertThat(images.get(token, "/image/v2/images/no-id").status()).isEqualTo(404);
        assertThat(images.get(token, "/image/v2/images/").status()).isEqualTo(404);
    }

    @Test
    void badBodiesAreRefusedWithASentenceAndChangeNothing() {
        String project = project();
        String token = RunningImages.member(project);
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        Map<String, Integer> bodies = new HashMap<>();
        bodies.put("", 400);
        bodies.put("no json", 400);
        bodies.put("[]", 400);
        bodies.put("null", 400);
        bodies.put("{\"tags\": " + deep + "}", 400);
        bodies.put("{\"name\": 1}", 400);
        bodies.put("{\"name\": \"" + "x".repeat(256) + "\"}", 400);
        bodies.put("{\"name\": \"\\u0000\"}", 400);
        bodies.put("{\"name\": \"\\ud800\"}", 400);
        bodies.put("{\"id\": \"x\"}", 400);
        bodies.put("{\"id\": 7}", 400);
        bodies.put("{\"min_disk\": -1}", 400);
        bodies.put("{\"min_disk\": 1.5}", 400);
        bodies.put("{\"min_ram\": 99999999999999}", 400);
        bodies.put("{\"min_ram\": \"1\"}", 400);
        bodies.put("{\"protected\": \"yes\"}", 400);
        bodies.put("{\"os_hidden\": null}", 400);
        bodies.put("{\"visibility\": \"secret\"}", 400);
        bodies.put("{\"disk_format\": \"dos\"}", 400);
        bodies.put("{\"container_format\": \"box\"}", 400);
        bodies.put("{\"hw_firmware_type\": \"coreboot\"}", 400);
        bodies.put("{\"prop\": 1}", 400);
        bodies.put("{\"prop\": null}", 400);
        bodies.put("{\"prop\": {\"a\": 1}}", 400);
        bodies.put("{\"\": \"x\"}", 400);
        bodies.put("{\"" + "k".repeat(256) + "\": \"x\"}", 400);
        bodies.put("{\"tags\": \"x\"}", 400);
        bodies.put("{\"tags\": [1]}", 400);
        bodies.put("{\"tags\": [\"\"]}", 400);
        bodies.put("{\"status\": \"active\"}", 403);
        bodies.put("{\"size\": 1}", 403);
        bodies.put("{\"os_glance_foo\": \"x\"}", 403);
        bodies.put("{\"locations\": []}", 403);
        bodies.forEach((body, status) -> {
            Answer answer = images.post(token, "/image/v2/images", body);
            assertThat(answer.status())
                    .as(shortened(body) + " " + answer.text())
                    .isEqualTo(status);
            assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
        });
        Answer notUtf8 = images.send(
                token,
                "POST",
                "/image/v2/images",
                BodyPublishers.ofByteArray(
                        new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, '"', '}'}),
                Map.of("Content-Type", "application/json"));
        assertThat(notUtf8.status()).isEqualTo(400);
        Answer huge = images.post(token, "/image/v2/images", "{\"name\": \"" + "x".repeat(2 << 20) + "\"}");
        assertThat(huge.status()).isEqualTo(413);
        assertThat(images.number("select count(*) from image where project_id = '" + project + "'"))
                .isZero();
    }

    private static String shortened(String body) {
        return body.length() > 80 ? body.substring(0, 80) : body;
    }

    @Test
    void badPatchesAreRefusedWithASentenceAndChangeNothing() {
        String token = RunningImages.member(project());
        String id = images.image(token, "kept", "raw");
        Map<String, Integer> patches = new HashMap<>();
        patches.put("{}", 400);
        patches.put("[1]", 400);
        patches.put("[{\"op\": \"move\", \"path\": \"/name\"}]", 400);
        patches.put("[{\"op\": \"replace\", \"path\": \"name\", \"value\": \"x\"}]", 400);
        patches.put("[{\"op\": \"replace\", \"path\": \"/a/b\", \"value\": \"x\"}]", 400);
        patches.put("[{\"op\": \"replace\", \"path\": \"/\", \"value\": \"x\"}]", 400);
        patches.put("[{\"op\": \"replace\", \"path\": \"/name\"}]", 400);
        patches.put("[{\"op\": \"replace\", \"path\": \"/missing\", \"value\": \"x\"}]", 409);
        patches.put("[{\"op\": \"remove\", \"path\": \"/missing\"}]", 409);
        patches.put("[{\"op\": \"remove\", \"path\": \"/name\"}]", 403);
        patches.put("[{\"op\": \"replace\", \"path\": \"/status\", \"value\": \"active\"}]", 403);
        patches.put("[{\"op\": \"replace\", \"path\": \"/id\", \"value\": \"x\"}]", 403);
        patches.put("[{\"op\": \"add\", \"path\": \"/checksum\", \"value\": \"x\"}]", 403);
        patches.put(
                "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"x\"},"
                        + "{\"op\": \"replace\", \"path\": \"/min_disk\", \"value\": -1}]",
                400);
        patches.forEach((patch, status) -> {
            Answer answer = images.patch(token, id, patch);
            assertThat(answer.status()).as(patch + " " + answer.text()).isEqualTo(status);
        });
        Answer type = images.sendJson(token, "PATCH", "/image/v2/images/" + id, "[]", "application/json-patch+json");
        assertThat(type.status()).isEqualTo(415);
        assertThat(type.raw().headers().firstValue("Accept-Patch").orElse("")).contains("v2.1-json-patch");
        assertThat(images.get(token, "/image/v2/images/" + id).field("name")).isEqualTo("kept");
    }

    @Test
    void errorsAreHtmlUnlessJsonAloneIsAsked() {
        String token = RunningImages.member(project());
        String path = "/image/v2/images/" + UUID.randomUUID();
        assertThat(images.get(token, path)
                        .raw()
                        .headers()
                        .firstValue("Content-Type")
                        .orElse(""))
                .startsWith("text/html");
        Answer json = images.send(token, "GET", path, BodyPublishers.noBody(), Map.of("Accept", "application/json"));
        assertThat(json.field("code")).isEqualTo("404 Not Found");
        Answer escaped = images.get(token, "/image/v2/images/%3Cscript%3E");
        assertThat(escaped.text()).doesNotContain("<script>").contains("&lt;script&gt;");
    }

    @Test
    void theDatabaseItselfHidesAndKeepsOtherProjectsImages() {
        String owner = project();
        String id = images.image(RunningImages.member(owner), "secret", "raw");
        var stranger = RunningImages.caller(project(), "member", "reader");
        var transactions = images.transactions();
        assertThat(transactions.<Integer>asCaller(
                        stranger,
                        db -> db.sql("select count(*) from image where not visibility in ('public', 'community')")
                                .query(Integer.class)
                                .single()))
                .isZero();
        assertThat(transactions.<Integer>asCaller(
                        stranger,
                        db -> db.sql("update image set name = 'stolen'").update()))
                .isZero();
        assertThat(transactions.<Integer>asCaller(
                        stranger, db -> db.sql("delete from image").update()))
                .isZero();
        assertThat(transactions.<Integer>asCaller(
                        stranger, db -> db.sql("delete from image_member").update()))
                .isZero();
        assertThatThrownBy(() -> transactions.<Integer>asCaller(
                        stranger,
                        db -> db.sql(
                                        "insert into image (id, project_id, status, visibility) values (gen_random_uuid(), ?, 'queued', 'private')")
                                .param(owner)
                                .update()))
                .hasStackTraceContaining("row-level security");
        assertThatThrownBy(() -> transactions.<Integer>asCaller(
                        stranger,
                        db -> db.sql(
                                        "insert into image_member (image_id, member_id, project_id, status) values (?::uuid, ?, ?, 'accepted')")
                                .param(id)
                                .param(stranger.project())
                                .param(owner)
                                .update()))
                .hasStackTraceContaining("row-level security");
        assertThat(images.get(RunningImages.member(owner), "/image/v2/images/" + id)
                        .field("name"))
                .isEqualTo("secret");
    }

    @Test
    void computeLearnsOfImagesAsTheCallerSeesThem() {
        Images forCompute = images.context.getBean(Images.class);
        String owner = project();
        String token = RunningImages.member(owner);
        String id = images.image(token, "boot", "raw");
        UUID uuid = UUID.fromString(id);
        var caller = RunningImages.caller(owner, "member", "reader");
        var stranger = RunningImages.caller(project(), "member", "reader");
        assertThatThrownBy(() -> images.transactions().asCaller(caller, db -> forCompute.forBoot(db, uuid)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT));
        assertThat(images.upload(token, id, new byte[2048], Map.of()).status()).isEqualTo(204);
        assertThat(images.transactions().<Images.BootImage>asCaller(caller, db -> forCompute.forBoot(db, uuid)))
                .satisfies(boot -> assertThat(boot.virtualSizeBytes()).isEqualTo(2048))
                .satisfies(boot -> assertThat(boot.sha512()).hasSize(128));
        assertThatThrownBy(() -> images.transactions().asCaller(stranger, db -> forCompute.forBoot(db, uuid)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND));
        String other = images.image(token, "no disk", "vmdk");
        assertThat(images.upload(token, other, new byte[2048], Map.of()).status())
                .isEqualTo(204);
        assertThatThrownBy(() ->
                        images.transactions().asCaller(caller, db -> forCompute.forBoot(db, UUID.fromString(other))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
                .hasMessageContaining("qemu-img");
        assertThat(images.transactions()
                        .<java.util.Optional<String>>asCaller(stranger, db -> forCompute.nameOf(db, uuid)))
                .isEmpty();
        assertThat(images.transactions()
                        .<java.util.Optional<String>>asCaller(caller, db -> forCompute.nameOf(db, uuid)))
                .hasValue("boot");
    }
}
