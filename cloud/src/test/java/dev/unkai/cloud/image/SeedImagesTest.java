package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.cloud.image.RunningImages.Answer;
import dev.unkai.cloud.image.work.SeedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SeedImagesTest {
    private static JsonNode list(RunningImages images, String query) {
        Answer answer = images.get(RunningImages.member("someone"), "/image/v2/images?" + query);
        return answer.json().get("images");
    }

    @Test
    void aFileInTheSeedDirectoryBecomesAPublicImageOnceAndANewerOneTakesItsPlace() throws IOException {
        try (RunningImages images = new RunningImages()) {
            byte[] first = Qcow2Sample.sound().bytes();
            Files.write(images.seeds.resolve("tiny.qcow2"), first);
            await().until(() -> list(images, "name=tiny&status=active").size() == 1);
            JsonNode image = list(images, "name=tiny").get(0);
            assertThat(image.get("visibility").stringValue()).isEqualTo("public");
            assertThat(image.get("virtual_size").longValue()).isEqualTo(64L << 20);
            String id = image.get("id").stringValue();
            assertThat(images.get(RunningImages.member("someone"), "/image/v2/images/" + id + "/file")
                            .raw()
                            .body())
                    .isEqualTo(first);
            assertThat(images.delete(RunningImages.member("someone"), "/image/v2/images/" + id)
                            .status())
                    .isEqualTo(403);

            // The same content with another time is the same image.
            Files.setLastModifiedTime(images.seeds.resolve("tiny.qcow2"), FileTime.from(Instant.EPOCH));
            SeedImages afresh = again(images);
            run(afresh);
            assertThat(list(images, "name=tiny").size()).isEqualTo(1);

            Files.write(
                    images.seeds.resolve("tiny.qcow2"),
                    Qcow2Sample.sound()
                            .with(file -> file.put(5 << 16, (byte) 7))
                            .bytes());
            await().until(() -> list(images, "name=tiny&status=active").size() == 1
                    && !list(images, "name=tiny&status=active")
                            .get(0)
                            .get("id")
                            .stringValue()
                            .equals(id));
            assertThat(list(images, "name=tiny&os_hidden=true").get(0).get("id").stringValue())
                    .isEqualTo(id);
        }
    }

    @Test
    void aDamagedSeedIsLeftOutAndTheOthersAreTaken() throws IOException {
        try (RunningImages images = new RunningImages()) {
            Files.write(images.seeds.resolve("damaged.qcow2"), new byte[1000]);
            Files.write(images.seeds.resolve("whole.qcow2"), Qcow2Sample.sound().bytes());
            await().until(() -> list(images, "name=whole&status=active").size() == 1);
            assertThat(list(images, "name=damaged").size()).isZero();
            assertThat(images.files()).hasSize(1);
        }
    }

    private static SeedImages again(RunningImages images) {
        return images.context.getAutowireCapableBeanFactory().createBean(SeedImages.class);
    }

    private static void run(SeedImages seeds) {
        try {
            seeds.step();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
