package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Small print of the Image API, each case as the reference's source answers it. */
class ImageReferenceTest {
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

    private final String project = "p" + UUID.randomUUID().toString().replace("-", "");
    private final String token = RunningImages.member(project);

    private String image(String name, int minRam) {
        return images.image(token, Map.of("name", name, "min_ram", minRam, "disk_format", "raw"));
    }

    private List<String> names(String query) {
        Answer list = images.get(token, "/image/v2/images?owner=" + project + "&" + query);
        assertThat(list.status()).as(query + list.text()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        list.json().get("images").forEach(one -> names.add(one.get("name").stringValue()));
        return names;
    }

    private int status(String query) {
        return images.get(token, "/image/v2/images?" + query).status();
    }

    @Test
    void tiesOfASortedListGoByAgeInTheDirectionOfTheOneKey() {
        image("a", 1);
        image("b", 2);
        image("c", 3);
        assertThat(names("sort=disk_format:asc")).containsExactly("a", "b", "c");
        assertThat(names("sort=disk_format:desc")).containsExactly("c", "b", "a");
        assertThat(names("sort_key=disk_format&sort_key=container_format&sort_dir=asc"))
                .containsExactly("a", "b", "c");
        assertThat(names("sort=disk_format:asc,container_format:asc")).containsExactly("c", "b", "a");
    }

    @Test
    void filtersByChoiceAreQuotedWhereAValueHoldsAComma() {
        image("x,y", 1);
        image("z", 2);
        assertThat(names("name=in:%22x,y%22,z")).containsExactlyInAnyOrder("x,y", "z");
        assertThat(names("name=eq:z")).containsExactly("z");
        assertThat(names("name=in:")).isEmpty();
        assertThat(status("name=in:%22x,y")).isEqualTo(400);
        assertThat(status("name=in:a%22x%22")).isEqualTo(400);
        assertThat(status("name=in:%22x%22a")).isEqualTo(400);
        assertThat(status("name=gt:z")).isEqualTo(400);
        assertThat(status("protected=1")).isEqualTo(400);
        assertThat(status("os_hidden=True")).isEqualTo(200);
        assertThat(status("protected=True")).isEqualTo(400);
    }

    @Test
    void everyNumberFiltersByABoundAndTimesMayBeDates() {
        image("small", 64);
        image("large", 4096);
        assertThat(names("min_ram_min=65")).containsExactly("large");
        assertThat(names("min_ram_max=64")).containsExactly("small");
        assertThat(names("min_ram_min=-2")).hasSize(2);
        assertThat(names("size_max=100")).isEmpty();
        assertThat(names("created_at=gt:2020-01-01")).hasSize(2);
        assertThat(names("created_at=lt:2020-01-01T00:00:00")).isEmpty();
        assertThat(status("size_min=x")).isEqualTo(400);
        assertThat(status("created_at=near:2020-01-01")).isEqualTo(400);
    }

    @Test
    void aPatchOfTheOldTypeAddsOnlyWhatIsNotThereAndNobodyRemovesTags() {
        String id = image("a", 1);
        assertThat(images.sendJson(
                                token,
                                "PATCH",
                                "/image/v2/images/" + id,
                                List.of(Map.of("add", "/name", "value", "b")),
                                V2_0)
                        .status())
                .isEqualTo(409);
        assertThat(images.patch(token, id, List.of(Map.of("op", "add", "path", "/name", "value", "b")))
                        .field("name"))
                .isEqualTo("b");
        assertThat(images.patch(token, id, List.of(Map.of("op", "remove", "path", "/tags")))
                        .status())
                .isEqualTo(403);
        assertThat(images.patch(
                                token,
                                id,
                                List.of(Map.of(
                                        "op",
                                        "add",
                                        "path",
                                        "/locations/-",
                                        "value",
                                        Map.of("url", "http://example.test/"))))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void onlyTheProjectThatAnImageIsOfferedToAnswersAndAnImageThatIsNotSharedHasNoMembers() {
        String id = image("a", 1);
        String members = "/image/v2/images/" + id + "/members";
        assertThat(images.post(token, members, Map.of("member", project)).status())
                .isEqualTo(200);
        assertThat(images.sendJson(
                                token, "PUT", members + "/" + project, Map.of("status", "accepted"), "application/json")
                        .status())
                .isEqualTo(403);
        images.patch(token, id, List.of(Map.of("op", "replace", "path", "/visibility", "value", "private")));
        assertThat(images.get(token, members + "/" + project).status()).isEqualTo(404);
    }

    @Test
    void anImportLeavesATaskWhichItsOwnerSeesBelowTheImageAndAnOperatorAmongAll() {
        String id = images.image(token, "staged", "raw");
        String image = "/image/v2/images/" + id;
        assertThat(images.get(token, image + "/tasks").json().path("tasks").isEmpty())
                .isTrue();
        images.send(
                token,
                "PUT",
                image + "/stage",
                BodyPublishers.ofByteArray(new byte[512]),
                Map.of("Content-Type", "application/octet-stream"));
        assertThat(images.post(token, image + "/import", Map.of("method", Map.of("name", "glance-direct")))
                        .status())
                .isEqualTo(202);

        JsonNode task = images.get(token, image + "/tasks").json().at("/tasks/0");
        assertThat(task.path("type").asString()).isEqualTo("api_image_import");
        assertThat(task.path("status").asString()).isEqualTo("success");
        assertThat(task.path("owner").asString()).isEqualTo(project);
        assertThat(task.at("/input/import_req/method/name").asString()).isEqualTo("glance-direct");
        assertThat(task.at("/result/image_id").asString()).isEqualTo(id);
        String other = RunningImages.member("other");
        assertThat(images.get(other, image + "/tasks").status()).isEqualTo(404);

        String tasks = "/image/v2/tasks";
        assertThat(images.get(token, tasks).status()).isEqualTo(403);
        Answer all = images.get(RunningImages.operator(), tasks + "?limit=1&status=success");
        assertThat(all.json().at("/tasks/0/id")).isEqualTo(task.path("id"));
        assertThat(all.json().at("/tasks/0").has("input")).isFalse();
        assertThat(all.field("next")).contains("marker=" + task.path("id").asString());
        assertThat(images.get(RunningImages.operator(), "/image" + all.field("next"))
                        .json()
                        .path("tasks")
                        .isEmpty())
                .isTrue();
        assertThat(images.get(
                                RunningImages.operator(),
                                tasks + "/" + task.path("id").asString())
                        .json()
                        .path("image_id")
                        .asString())
                .isEqualTo(id);
        assertThat(images.get(RunningImages.operator(), tasks + "?status=done").status())
                .isEqualTo(400);
        assertThat(images.get(token, "/image/v2/schemas/task").field("name")).isEqualTo("task");
        assertThat(images.get(token, "/image/v2/schemas/tasks").field("name")).isEqualTo("tasks");
    }

    @Test
    void aProjectSeesWhatItHasAndMayHave() {
        String id = images.image(token, "two MiB", "raw");
        assertThat(images.upload(token, id, new byte[2 << 20], Map.of()).status())
                .isEqualTo(204);
        images.image(token, "still empty", "raw");

        JsonNode usage = images.get(token, "/image/v2/info/usage").json().path("usage");

        assertThat(usage.at("/image_size_total/usage").asInt()).isEqualTo(2);
        assertThat(usage.at("/image_size_total/limit").asInt()).isEqualTo(200 << 10);
        assertThat(usage.at("/image_count_total/usage").asInt()).isEqualTo(2);
        assertThat(usage.at("/image_count_total/limit").asInt()).isEqualTo(1_000);
        assertThat(usage.at("/image_stage_total/usage").asInt()).isZero();
        assertThat(usage.at("/image_count_uploading/usage").asInt()).isZero();
    }

    @Test
    void oneRangeOfTheDataIsAnsweredAndSeveralAreRefused() {
        String id = images.image(token, "data", "raw");
        byte[] data = new byte[512];
        data[0] = 7;
        assertThat(images.upload(token, id, data, Map.of()).status()).isEqualTo(204);

        Answer first = range(id, "bytes=0-4");
        assertThat(first.status()).isEqualTo(206);
        assertThat(first.raw().body()).containsExactly(7, 0, 0, 0, 0);
        assertThat(first.raw().headers().firstValue("Content-Range")).hasValue("bytes 0-4/512");
        assertThat(range(id, "bytes=-2").raw().body()).hasSize(2);
        assertThat(range(id, "bytes=510-").raw().body()).hasSize(2);
        assertThat(range(id, "bytes=512-").status()).isEqualTo(416);
        assertThat(range(id, "bytes=0-1,4-5").status()).isEqualTo(400);
    }

    private Answer range(String id, String range) {
        return images.send(
                token, "GET", "/image/v2/images/" + id + "/file", BodyPublishers.noBody(), Map.of("Range", range));
    }

    @Test
    void unknownAddressesAndMethodsAreAnsweredByThePageOfTheReferencesFramework() {
        Answer page = images.get(token, "/image/v2/nothing");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text()).contains("<h1>404 Not Found</h1>");
        Answer body = images.send(
                token, "GET", "/image/v2/nothing", BodyPublishers.noBody(), Map.of("Accept", "application/json"));
        assertThat(body.field("title")).isEqualTo("Not Found");
        Answer method = images.send(token, "DELETE", "/image/v2/images", BodyPublishers.noBody(), Map.of());
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.raw().headers().firstValue("Allow").orElse("").split(", "))
                .containsExactlyInAnyOrder("GET", "POST");
        assertThat(method.text()).contains("<h1>405 Method Not Allowed</h1>");
    }
}
