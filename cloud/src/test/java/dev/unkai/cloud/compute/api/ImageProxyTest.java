package dev.unkai.cloud.compute.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.compute.api.ComputeSite.Customer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImageProxyTest {
    private final ComputeSite site = ComputeSite.shared();
    private final Customer customer = site.customer();

    private void fits(String resource, String shape, Answer answer) {
        assertThat(Shapes.faults(resource, shape, 1, answer.status(), answer.json()))
                .as(answer.text())
                .isEmpty();
    }

    @Test
    void imagesAreShownAndDeletedUntil235() {
        String id = customer.image();
        String path = "/images/" + id;

        Answer shown = customer.get(1, path);
        fits("images", "get_image", shown);
        assertThat(shown.json().at("/image/status").asString()).isEqualTo("ACTIVE");
        assertThat(shown.json().at("/image/progress").asInt()).isEqualTo(100);
        assertThat(shown.json().at("/image/OS-EXT-IMG-SIZE:size").asInt()).isEqualTo(512);
        fits("images", "list_images", customer.get(1, "/images"));
        fits("images", "list_images_details", customer.get(1, "/images/detail"));
        assertThat(customer.get(36, path).status()).isEqualTo(404);
        assertThat(site.customer().get(1, path).status()).isEqualTo(404);
        assertThat(customer.get(1, "/images/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(customer.get(1, "/images/x").status()).isEqualTo(404);
        assertThat(site.customer().delete(1, path).status()).isEqualTo(404);
        assertThat(customer.delete(1, path).status()).isEqualTo(204);
        assertThat(customer.get(1, path).status()).isEqualTo(404);
    }

    @Test
    void aListIsNarrowedAndPaged() {
        String id = customer.image();
        customer.post(1, "/images/" + id + "/metadata", "{\"metadata\":{\"kind\":\"base\"}}");

        for (String query : new String[] {
            "name=an%20image", "status=ACTIVE", "property-kind=base", "minDisk=0", "changes-since=2020-01-01T00:00:00Z"
        }) {
            assertThat(customer.get(1, "/images?" + query).json().path("images").toString())
                    .as(query)
                    .contains(id);
        }
        for (String query : new String[] {"name=other", "status=SAVING", "server=" + id, "minRam=7", "type=snapshot"}) {
            assertThat(customer.get(1, "/images?" + query).json().path("images").toString())
                    .as(query)
                    .doesNotContain(id);
        }
        Answer page = customer.get(1, "/images?limit=1&name=an%20image");
        assertThat(page.json().path("images").size()).isEqualTo(1);
        assertThat(page.json().at("/images_links/0/href").asString()).contains("marker=" + id);
        assertThat(customer.get(1, "/images?marker=" + id + "&name=an%20image")
                        .json()
                        .path("images")
                        .size())
                .isZero();
        assertThat(customer.get(1, "/images?marker=" + UUID.randomUUID()).status())
                .isEqualTo(400);
    }

    @Test
    void propertiesAreAddedSetReplacedAndDeletedUntil238() {
        String path = "/images/" + customer.image() + "/metadata";

        fits("image_metadata", "image_metadata", customer.post(38, path, "{\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}"));
        fits("image_metadata", "image_meta_item", customer.put(1, path + "/a", "{\"meta\":{\"a\":\"3\"}}"));
        fits("image_metadata", "image_meta_item", customer.get(1, path + "/a"));
        assertThat(customer.get(1, path).json().at("/metadata/a").asString()).isEqualTo("3");
        assertThat(customer.put(1, path + "/a", "{\"meta\":{\"b\":\"3\"}}").status())
                .isEqualTo(400);
        fits("image_metadata", "delete", customer.delete(1, path + "/a"));
        assertThat(customer.delete(1, path + "/a").status()).isEqualTo(404);
        fits("image_metadata", "image_metadata", customer.put(1, path, "{\"metadata\":{\"c\":\"4\"}}"));
        assertThat(customer.get(1, path).json().path("metadata").toString()).isEqualTo("{\"c\":\"4\"}");
        assertThat(customer.put(1, path, "{\"metadata\":{\"owner\":\"me\"}}").status())
                .isEqualTo(403);
        assertThat(customer.get(39, path).status()).isEqualTo(404);
    }
}
