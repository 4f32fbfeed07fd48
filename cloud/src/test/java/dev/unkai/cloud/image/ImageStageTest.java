package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Data that is staged before it is imported, and images that are out of use for a while. */
class ImageStageTest {
    private static final byte[] DATA = "the data of a small image".getBytes(StandardCharsets.US_ASCII);
    private static RunningImages images;
    private final String project = "p" + UUID.randomUUID().toString().replace("-", "");
    private final String token = RunningImages.member(project);

    @BeforeAll
    static void start() throws IOException {
        images = new RunningImages();
    }

    @AfterAll
    static void stop() {
        images.close();
    }

    @Test
    void stagedDataBecomesTheImagesByTheImport() {
        Answer created = images.post(
                token, "/image/v2/images", Map.of("name", "staged", "disk_format", "raw", "container_format", "bare"));
        assertThat(created.raw().headers().firstValue("OpenStack-image-import-methods"))
                .hasValue("glance-direct,web-download");
        String id = created.field("id");
        assertThat(bringIn(id, "glance-direct").status()).isEqualTo(409);

        assertThat(stage(id).status()).isEqualTo(204);
        assertThat(shown(id).field("status")).isEqualTo("uploading");
        assertThat(shown(id).json().get("size").isNull()).isTrue();
        assertThat(images.get(token, "/image/v2/images/" + id + "/file").status())
                .isEqualTo(204);
        assertThat(images.upload(token, id, DATA, Map.of()).status()).isEqualTo(409);
        assertThatThrownBy(() -> images.transactions()
                        .doAsSystem(db -> images.context.getBean(Images.class).forBoot(db, UUID.fromString(id))))
                .isInstanceOf(Refusal.class);

        assertThat(bringIn(id, "glance-direct").status()).isEqualTo(202);
        assertThat(shown(id).field("status")).isEqualTo("active");
        assertThat(shown(id).json().get("size").longValue()).isEqualTo(DATA.length);
        assertThat(images.get(token, "/image/v2/images/" + id + "/file").raw().body())
                .isEqualTo(DATA);
        assertThat(bringIn(id, "glance-direct").status()).isEqualTo(409);
        assertThat(images.events("import").getLast().at("/target/id").stringValue())
                .isEqualTo(id);
    }

    @Test
    void stagedDataCountsInTheTotalAndGoesWithItsImage() throws IOException {
        String id = images.image(token, "staged", "raw");
        stage(id);
        assertThat(images.number("select coalesce(sum(size), 0) from image where project_id = '" + project + "'"))
                .isEqualTo(DATA.length);

        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(204);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(images.files()).noneMatch(file -> file.startsWith(id)));
    }

    @Test
    void onlyKnownWaysOfImportAreTaken() {
        String id = images.image(token, "staged", "raw");

        assertThat(bringIn(id, "copy-image").status()).isEqualTo(400);
        assertThat(bringIn(id, "web-download").status()).as("from nowhere").isEqualTo(400);
        assertThat(images.post(token, "/image/v2/images/" + id + "/import", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(images.get(token, "/image/v2/info/import")
                        .json()
                        .at("/import-methods/value")
                        .toString())
                .isEqualTo("[\"glance-direct\",\"web-download\"]");
    }

    @Test
    void aDeactivatedImageIsNeitherDownloadedNorBootedUntilItIsActiveAgain() throws IOException {
        String id = images.image(token, "resting", "raw");
        assertThat(act(token, id, "deactivate").status()).isEqualTo(403);
        images.upload(token, id, DATA, Map.of());

        assertThat(act(token, id, "deactivate").status()).isEqualTo(204);
        assertThat(act(token, id, "deactivate").status()).isEqualTo(204);
        assertThat(shown(id).field("status")).isEqualTo("deactivated");
        assertThat(shown(id).json().get("size").longValue()).isEqualTo(DATA.length);
        assertThat(images.get(token, "/image/v2/images/" + id + "/file").status())
                .isEqualTo(403);
        assertThat(images.get(RunningImages.operator(), "/image/v2/images/" + id + "/file")
                        .status())
                .isEqualTo(200);
        assertThatThrownBy(() -> images.transactions()
                        .doAsSystem(db -> images.context.getBean(Images.class).forBoot(db, UUID.fromString(id))))
                .isInstanceOf(Refusal.class);
        try (InputStream forHost = images.context.getBean(Images.class).open(UUID.fromString(id), 0)) {
            assertThat(forHost.readAllBytes()).isEqualTo(DATA);
        }

        assertThat(act(token, id, "reactivate").status()).isEqualTo(204);
        assertThat(images.get(token, "/image/v2/images/" + id + "/file").status())
                .isEqualTo(200);
        assertThat(act(RunningImages.member("stranger"), id, "deactivate").status())
                .isEqualTo(404);
    }

    private Answer stage(String id) {
        return images.send(
                token,
                "PUT",
                "/image/v2/images/" + id + "/stage",
                BodyPublishers.ofByteArray(DATA),
                Map.of("Content-Type", "application/octet-stream"));
    }

    private Answer bringIn(String id, String method) {
        return images.post(token, "/image/v2/images/" + id + "/import", Map.of("method", Map.of("name", method)));
    }

    private static Answer act(String token, String id, String action) {
        return images.send(
                token, "POST", "/image/v2/images/" + id + "/actions/" + action, BodyPublishers.noBody(), Map.of());
    }

    private Answer shown(String id) {
        return images.get(token, "/image/v2/images/" + id);
    }
}
