package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unkai.cloud.image.RunningImages.Answer;
import dev.unkai.cloud.image.work.ImageFileReconciler;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImageDataTest {
    private static RunningImages images;

    @BeforeAll
    static void start() throws IOException {
        images = new RunningImages("--unkai.image.quota-gib=1", "--unkai.image.largest-disk-gib=100");
    }

    @AfterAll
    static void stop() {
        images.close();
    }

    private static String member() {
        return RunningImages.member("p" + UUID.randomUUID().toString().replace("-", ""));
    }

    private static byte[] random(int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        return data;
    }

    private static String digest(String algorithm, byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(data));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertQueuedAndClean(String token, String id) throws IOException {
        assertThat(images.get(token, "/image/v2/images/" + id).field("status")).isEqualTo("queued");
        assertThat(images.get(token, "/image/v2/images/" + id + "/file").status())
                .isEqualTo(204);
        assertThat(images.files()).isSubsetOf(knownFiles());
    }

    private static List<String> knownFiles() {
        return images.transactions()
                .asSystem(db -> db.sql("select id || '.' || upload_id from image where upload_id is not null")
                        .query(String.class)
                        .list());
    }

    @Test
    void dataComesBackAsItWasSentWithItsChecksums() throws IOException {
        String token = member();
        String id = images.image(token, "raw", "raw");
        assertThat(images.get(token, "/image/v2/images/" + id + "/file").status())
                .isEqualTo(204);
        byte[] data = random(3_000_001);
        Answer uploaded = images.upload(token, id, data, Map.of());
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(204);
        Answer shown = images.get(token, "/image/v2/images/" + id);
        assertThat(shown.field("status")).isEqualTo("active");
        assertThat(shown.json().get("size").longValue()).isEqualTo(data.length);
        assertThat(shown.json().get("virtual_size").longValue()).isEqualTo(data.length);
        assertThat(shown.field("checksum")).isEqualTo(digest("MD5", data));
        assertThat(shown.field("os_hash_algo")).isEqualTo("sha512");
        assertThat(shown.field("os_hash_value")).isEqualTo(digest("SHA-512", data));

        Answer whole = images.get(token, "/image/v2/images/" + id + "/file");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.raw().body()).isEqualTo(data);
        Answer part = images.send(
                token,
                "GET",
                "/image/v2/images/" + id + "/file",
                BodyPublishers.noBody(),
                Map.of("Range", "bytes=10-19"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.raw().body()).isEqualTo(java.util.Arrays.copyOfRange(data, 10, 20));
        try (InputStream rest = images.context.getBean(Images.class).open(UUID.fromString(id), 3_000_000)) {
            assertThat(rest.readAllBytes()).containsExactly(data[3_000_000]);
        }

        assertThat(images.upload(token, id, data, Map.of()).status()).isEqualTo(409);
        Map<String, Object> reformat = Map.of("op", "replace", "path", "/disk_format", "value", "qcow2");
        assertThat(images.patch(token, id, List.of(reformat)).status()).isEqualTo(403);

        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(204);
        await().untilAsserted(() -> assertThat(images.files()).isSubsetOf(knownFiles()));
        assertThatThrownBy(() -> images.context.getBean(Images.class).open(UUID.fromString(id), 0))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aQcow2ImageTellsTheSizeOfItsDiskWhetherItsLengthIsAnnouncedOrNot() {
        String token = member();
        byte[] sample = Qcow2Sample.sound().bytes();
        String announced = images.image(token, "announced", "qcow2");
        assertThat(images.upload(token, announced, sample, Map.of()).status()).isEqualTo(204);
        String chunked = images.image(token, "chunked", "qcow2");
        assertThat(images.upload(
                                token,
                                chunked,
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sample)),
                                Map.of())
                        .status())
                .isEqualTo(204);
        for (String id : List.of(announced, chunked)) {
            assertThat(images.get(token, "/image/v2/images/" + id)
                            .json()
                            .get("virtual_size")
                            .longValue())
                    .isEqualTo(64L << 20);
        }
    }

    @Test
    void dataThatNoHostBootsIsKeptForItsOwner() {
        String token = member();
        byte[] data = random(4000);
        for (String format : List.of("qcow2", "vmdk", "iso")) {
            String id = images.image(token, "kept", format);
            assertThat(images.upload(token, id, data, Map.of()).status()).isEqualTo(204);
            Answer shown = images.get(token, "/image/v2/images/" + id);
            assertThat(shown.field("status")).isEqualTo("active");
            assertThat(shown.json().get("virtual_size").isNull()).isTrue();
            assertThat(images.get(token, "/image/v2/images/" + id + "/file")
                            .raw()
                            .body())
                    .isEqualTo(data);
        }
        String mixed = images.post(
                        token, "/image/v2/images", "{\"disk_format\": \"ami\", \"container_format\": \"bare\"}")
                .field("id");
        assertThat(images.upload(token, mixed, data, Map.of()).status()).isEqualTo(400);
    }

    @Test
    void contentThatIsNotWhatItSaysIsRefusedAndLeavesNothing() throws IOException {
        String token = member();
        String id = images.image(token, "bad", "qcow2");
        for (byte[] data : List.of(
                Qcow2Sample.sound()
                        .with(file -> file.putLong(8, 512).putInt(16, 11))
                        .bytes(),
                Qcow2Sample.sound().with(file -> file.putLong(72, 4)).bytes(),
                Qcow2Sample.sound().with(file -> file.putLong(24, 1L << 60)).bytes(),
                java.util.Arrays.copyOf(Qcow2Sample.sound().bytes(), 3 * Qcow2Sample.CLUSTER),
                new byte[0])) {
            Answer refused = images.upload(token, id, data, Map.of());
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertQueuedAndClean(token, id);
        }
        assertThat(images.events("upload").stream()
                        .filter(event ->
                                event.get("target").get("id").stringValue().equals(id))
                        .map(event -> event.get("outcome").stringValue()))
                .hasSize(5)
                .containsOnly("failure");
        assertThat(images.upload(token, id, Qcow2Sample.sound().bytes(), Map.of())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aWrongChecksumIsRefusedAndARightOneIsTaken() throws Exception {
        String token = member();
        String id = images.image(token, "sums", "raw");
        byte[] data = random(10_000);
        String right = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-512").digest(data));
        String wrong = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-512").digest(random(5)));
        assertThat(images.upload(token, id, data, Map.of("Content-Digest", "sha-512=:" + wrong + ":"))
                        .status())
                .isEqualTo(400);
        assertThat(images.upload(token, id, data, Map.of("Content-MD5", digest("MD5", random(5))))
                        .status())
                .isEqualTo(400);
        assertThat(images.upload(token, id, data, Map.of("Content-MD5", "!")).status())
                .isEqualTo(400);
        assertQueuedAndClean(token, id);
        assertThat(images.upload(token, id, data, Map.of("Content-Digest", "sha-256=:AA==:, sha-512=:" + right + ":"))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void dataOfAnotherMediaTypeOrWithoutFormatsIsRefused() {
        String token = member();
        String id = images.image(token, Map.of("name", "no formats"));
        assertThat(images.upload(token, id, random(512), Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(415);
        assertThat(images.upload(token, id, random(512), Map.of()).status()).isEqualTo(400);
        assertThat(images.upload(token, UUID.randomUUID().toString(), random(512), Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anUploadThatBreaksOffLeavesNothing() throws IOException {
        String token = member();
        String id = images.image(token, "broken", "raw");
        try (Socket socket = new Socket("127.0.0.1", images.address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /image/v2/images/" + id + "/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: " + token
                            + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(random(5000));
            out.flush();
            await().until(() ->
                    images.get(token, "/image/v2/images/" + id).field("status").equals("saving"));
            assertThat(images.upload(token, id, random(10), Map.of()).status()).isEqualTo(409);
            assertThat(images.get(token, "/image/v2/images/" + id)
                            .json()
                            .get("size")
                            .isNull())
                    .isTrue();
        }
        await().untilAsserted(() -> assertQueuedAndClean(token, id));
    }

    @Test
    void deletingAnImageEndsItsUpload() throws Exception {
        String token = member();
        String id = images.image(token, "gone", "raw");
        CountDownLatch deleted = new CountDownLatch(1);
        InputStream slow = new InputStream() {
            private int sent;

            @Override
            public int read() throws IOException {
                if (sent++ == 300_000) {
                    try {
                        deleted.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                return sent > 600_000 ? -1 : 1;
            }
        };
        var answer = CompletableFuture.supplyAsync(
                () -> images.upload(token, id, BodyPublishers.ofInputStream(() -> slow), Map.of()));
        await().until(() ->
                images.get(token, "/image/v2/images/" + id).field("status").equals("saving"));
        assertThat(images.delete(token, "/image/v2/images/" + id).status()).isEqualTo(204);
        deleted.countDown();
        assertThat(answer.get().status()).isEqualTo(410);
        await().untilAsserted(() -> assertThat(images.files()).noneMatch(name -> name.endsWith(".part")));
    }

    @Test
    void aProjectsTotalIsKeptByAnnouncedAndByUnannouncedUploads() throws IOException {
        String token = member();
        String id = images.image(token, "large", "raw");
        assertThat(announce(token, id, 2L << 30)).contains(" 413 ");
        images.transactions()
                .doAsSystem(
                        db -> db.sql("insert into image_quota select project_id, 5000 from image where id = ?::uuid")
                                .param(id)
                                .update());
        assertThat(announce(token, id, 100)).contains(" 100 ");
        await().until(() ->
                images.get(token, "/image/v2/images/" + id).field("status").equals("queued"));
        assertThat(images.upload(
                                token,
                                id,
                                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(random(6000))),
                                Map.of())
                        .status())
                .isEqualTo(413);
        assertThat(images.upload(token, id, random(3000), Map.of()).status()).isEqualTo(204);
        String second = images.image(token, "second", "raw");
        Answer refused = images.upload(token, second, random(3000), Map.of());
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text()).contains("total");
        images.delete(token, "/image/v2/images/" + id);
        assertThat(images.upload(token, second, random(3000), Map.of()).status())
                .isEqualTo(204);
    }

    /** Announces data and asks whether to send it (RFC 9110 section 10.1.1); answers the first line of the reply. */
    private static String announce(String token, String id, long length) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", images.address.getPort())) {
            socket.getOutputStream()
                    .write(("PUT /image/v2/images/" + id + "/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: " + token
                                    + "\r\nContent-Type: application/octet-stream\r\nExpect: 100-continue\r\nContent-Length: "
                                    + length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void aFullDiskIsSaidInASentenceAndLeavesNothing() throws IOException {
        try (RunningImages full = new RunningImages("--unkai.image.reserve-gib=1000000")) {
            String token = member();
            String id = full.image(token, "full", "raw");
            Answer refused = full.upload(token, id, random(1000), Map.of());
            assertThat(refused.status()).isEqualTo(507);
            assertThat(refused.text()).contains("not enough space");
            assertThat(full.get(token, "/image/v2/images/" + id).field("status"))
                    .isEqualTo("queued");
            assertThat(full.files()).isEmpty();
        }
    }

    @Test
    void whatACrashedProcessLeftIsCleanedUp() throws Exception {
        String token = member();
        String id = images.image(token, "crashed", "raw");
        UUID uploadId = UUID.randomUUID();
        images.transactions()
                .doAsSystem(db -> db.sql(
                                "update image set status = 'saving', upload_id = ?, upload_beat = now() - interval '5 minutes' where id = ?::uuid")
                        .param(uploadId)
                        .param(id)
                        .update());
        Files.createDirectories(images.directory);
        Files.write(images.directory.resolve(id + "." + uploadId + ".part"), new byte[10]);
        Files.write(images.directory.resolve(UUID.randomUUID() + "." + UUID.randomUUID()), new byte[10]);
        Files.write(images.directory.resolve("readme.txt"), new byte[10]);
        assertThat(images.context.getBean(ImageFileReconciler.class).step()).isFalse();
        assertQueuedAndCleanBeside(token, id, "readme.txt");
        Files.delete(images.directory.resolve("readme.txt"));
        assertThat(images.upload(token, id, random(100), Map.of()).status()).isEqualTo(204);
    }

    private static void assertQueuedAndCleanBeside(String token, String id, String kept) throws IOException {
        assertThat(images.files()).contains(kept);
        Files.move(images.directory.resolve(kept), images.seeds.resolve(kept));
        assertQueuedAndClean(token, id);
        Files.move(images.seeds.resolve(kept), images.directory.resolve(kept));
    }
}
