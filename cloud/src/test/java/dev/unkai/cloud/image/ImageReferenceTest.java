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
