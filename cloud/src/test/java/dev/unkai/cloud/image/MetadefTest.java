package dev.unkai.cloud.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.cloud.image.RunningImages.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Definitions of what images may carry: written by the provider, read by everybody. */
class MetadefTest {
    private static final String ROOT = "/image/v2/metadefs/namespaces";
    private static final String OPERATOR = RunningImages.operator();
    private static final String CUSTOMER = RunningImages.member("customer");
    private static RunningImages images;
    private final String name = "Test::" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        images = new RunningImages();
    }

    @AfterAll
    static void stop() {
        images.close();
    }

    @Test
    void aNamespaceIsMadeWholeReadByEverybodyAndRecorded() {
        Answer made = images.post(
                OPERATOR,
                ROOT,
                Map.of(
                        "namespace",
                        name,
                        "display_name",
                        "画像",
                        "visibility",
                        "public",
                        "resource_type_associations",
                        List.of(Map.of("name", "OS::Glance::Image", "prefix", "hw_")),
                        "objects",
                        List.of(Map.of("name", "cpu", "properties", Map.of("sockets", property()))),
                        "properties",
                        Map.of("firmware", property()),
                        "tags",
                        List.of(Map.of("name", "fast"))));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        Answer shown = images.get(CUSTOMER, ROOT + "/" + name);
        assertThat(shown.status()).isEqualTo(200);
        JsonNode namespace = shown.json();
        assertThat(namespace.get("self").stringValue()).startsWith("/v2/metadefs/namespaces/Test");
        assertThat(namespace.at("/properties/firmware/title").stringValue()).isEqualTo("Firmware");
        assertThat(namespace.at("/objects/0/properties/sockets/type").stringValue())
                .isEqualTo("string");
        assertThat(namespace.at("/tags/0/name").stringValue()).isEqualTo("fast");
        assertThat(namespace.at("/resource_type_associations/0/prefix").stringValue())
                .isEqualTo("hw_");
        assertThat(names(images.get(CUSTOMER, ROOT + "?resource_types=OS::Glance::Image"), "namespaces", "namespace"))
                .contains(name);
        assertThat(names(images.get(CUSTOMER, ROOT + "?resource_types=OS::Nova::Server"), "namespaces", "namespace"))
                .doesNotContain(name);
        assertThat(images.events("create").stream()
                        .map(event -> event.at("/target/id").stringValue()))
                .contains(name);
    }

    @Test
    void aPrivateNamespaceIsNotThereForOthersAndNobodyButTheProviderWrites() {
        namespace("private", false);

        assertThat(images.get(CUSTOMER, ROOT + "/" + name).status()).isEqualTo(404);
        assertThat(images.get(CUSTOMER, ROOT + "/" + name + "/objects").status())
                .isEqualTo(404);
        assertThat(names(images.get(CUSTOMER, ROOT + "?limit=1000"), "namespaces", "namespace"))
                .doesNotContain(name);
        assertThat(images.post(CUSTOMER, ROOT, Map.of("namespace", name)).status())
                .isEqualTo(403);
        assertThat(images.post(OPERATOR, ROOT, Map.of("namespace", name)).status())
                .isEqualTo(409);
    }

    @Test
    void whoMayNotChangeANamespaceIsToldSoOnlyOfOneThatHeSees() {
        namespace("private", false);
        add("objects", Map.of("name", "disk"));
        for (int status : List.of(404, 403)) {
            assertThat(images.delete(CUSTOMER, ROOT + "/" + name).status()).isEqualTo(status);
            assertThat(images.sendJson(
                                    CUSTOMER, "PUT", ROOT + "/" + name, Map.of("namespace", name), "application/json")
                            .status())
                    .isEqualTo(status);
            assertThat(images.post(CUSTOMER, ROOT + "/" + name + "/objects", Map.of("name", "other"))
                            .status())
                    .isEqualTo(status);
            assertThat(images.delete(CUSTOMER, ROOT + "/" + name + "/objects/disk")
                            .status())
                    .isEqualTo(status);
            put("", Map.of("namespace", name, "visibility", "public"));
        }
        assertThat(images.get(OPERATOR, ROOT + "/" + name + "/objects/disk").status())
                .isEqualTo(200);
    }

    @Test
    void aProtectedNamespaceLosesNothingUntilItIsNoMore() {
        namespace("public", true);
        images.post(OPERATOR, ROOT + "/" + name + "/objects", Map.of("name", "disk"));

        assertThat(images.delete(OPERATOR, ROOT + "/" + name).status()).isEqualTo(403);
        assertThat(images.delete(OPERATOR, ROOT + "/" + name + "/objects/disk").status())
                .isEqualTo(403);
        assertThat(put("", Map.of("namespace", name, "protected", false)).field("visibility"))
                .isEqualTo("private");
        assertThat(images.delete(OPERATOR, ROOT + "/" + name).status()).isEqualTo(204);
        assertThat(images.get(OPERATOR, ROOT + "/" + name).status()).isEqualTo(404);
    }

    @Test
    void definitionsAreAddedRenamedAndRemovedOneByOneAndAllAtOnce() {
        namespace("public", false);

        assertThat(add("objects", Map.of("name", "disk")).status()).isEqualTo(201);
        assertThat(add("objects", Map.of("name", "disk")).status()).isEqualTo(409);
        assertThat(put("/objects/disk", Map.of("name", "volume")).field("name")).isEqualTo("volume");
        assertThat(images.get(CUSTOMER, ROOT + "/" + name + "/objects/disk").status())
                .isEqualTo(404);
        Map<String, Object> property = new java.util.HashMap<>(property());
        property.put("name", "bus");
        assertThat(add("properties", property).status()).isEqualTo(201);
        assertThat(images.get(CUSTOMER, ROOT + "/" + name + "/properties")
                        .json()
                        .at("/properties/bus/title")
                        .stringValue())
                .isEqualTo("Firmware");
        assertThat(images.delete(OPERATOR, ROOT + "/" + name + "/properties/bus")
                        .status())
                .isEqualTo(204);
        assertThat(images.delete(OPERATOR, ROOT + "/" + name + "/objects").status())
                .isEqualTo(204);
        assertThat(names(images.get(CUSTOMER, ROOT + "/" + name + "/objects"), "objects", "name"))
                .isEmpty();
    }

    @Test
    void tagsAreReplacedTogetherUnlessTheyArePutBesideTheOthers() {
        namespace("public", false);
        String tags = ROOT + "/" + name + "/tags";
        images.post(OPERATOR, tags, Map.of("tags", List.of(Map.of("name", "a"), Map.of("name", "b"))));
        images.post(OPERATOR, tags, Map.of("tags", List.of(Map.of("name", "c"))));
        assertThat(names(images.get(CUSTOMER, tags), "tags", "name")).containsExactly("c");

        images.send(
                OPERATOR,
                "POST",
                tags,
                java.net.http.HttpRequest.BodyPublishers.ofString("{\"tags\":[{\"name\":\"d\"}]}"),
                Map.of("Content-Type", "application/json", "X-Openstack-Append", "True"));
        assertThat(images.send(
                                OPERATOR,
                                "POST",
                                tags + "/e",
                                java.net.http.HttpRequest.BodyPublishers.noBody(),
                                Map.of())
                        .status())
                .isEqualTo(201);
        assertThat(names(images.get(CUSTOMER, tags), "tags", "name")).containsExactlyInAnyOrder("c", "d", "e");
    }

    @Test
    void anAssociationWithAnotherResourceTypeMakesItKnown() {
        namespace("public", false);
        String type = "OS::Test::" + UUID.randomUUID();

        assertThat(add("resource_types", Map.of("name", type, "properties_target", "image"))
                        .field("properties_target"))
                .isEqualTo("image");
        assertThat(names(images.get(CUSTOMER, "/image/v2/metadefs/resource_types"), "resource_types", "name"))
                .contains(type, "OS::Nova::Flavor");
        assertThat(images.delete(OPERATOR, ROOT + "/" + name + "/resource_types/" + type)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void listsGoOnPageByPage() {
        for (int i = 0; i < 3; i++) {
            images.post(OPERATOR, ROOT, Map.of("namespace", name + i, "visibility", "public"));
        }
        Answer first = images.get(CUSTOMER, ROOT + "?limit=2");
        assertThat(names(first, "namespaces", "namespace")).containsExactly(name + 2, name + 1);
        Answer second = images.get(CUSTOMER, "/image" + first.field("next"));
        assertThat(names(second, "namespaces", "namespace").getFirst()).isEqualTo(name + 0);
    }

    @Test
    void whatTheSchemasDoNotKnowIsRefused() {
        namespace("public", false);

        assertThat(images.post(OPERATOR, ROOT, Map.of("namespace", name + "x", "colour", "red"))
                        .status())
                .isEqualTo(400);
        assertThat(images.post(OPERATOR, ROOT, Map.of("namespace", "a/b")).status())
                .isEqualTo(400);
        assertThat(images.post(OPERATOR, ROOT, "{\"namespace\":\"nul\\u0000\"}").status())
                .isEqualTo(400);
        assertThat(add("properties", Map.of("name", "bus", "type", "string")).status())
                .isEqualTo(400);
        assertThat(add("properties", Map.of("name", "bus", "title", "t", "type", "text"))
                        .status())
                .isEqualTo(400);
        assertThat(add("objects", Map.of("name", "disk", "properties", List.of()))
                        .status())
                .isEqualTo(400);
        for (String schema : List.of("namespace", "namespaces", "object", "objects", "property", "properties", "tag")) {
            assertThat(images.get(CUSTOMER, "/image/v2/schemas/metadefs/" + schema)
                            .field("name"))
                    .isEqualTo(schema);
        }
        assertThat(images.get(CUSTOMER, "/image/v2/schemas/metadefs/resource_type")
                        .field("name"))
                .isEqualTo("resource_type_association");
    }

    private static Map<String, Object> property() {
        return Map.of("title", "Firmware", "type", "string", "enum", List.of("bios", "uefi"));
    }

    private void namespace(String visibility, boolean isProtected) {
        Answer made = images.post(
                OPERATOR, ROOT, Map.of("namespace", name, "visibility", visibility, "protected", isProtected));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private Answer add(String kind, Map<String, Object> body) {
        return images.post(OPERATOR, ROOT + "/" + name + "/" + kind, body);
    }

    private Answer put(String path, Map<String, Object> body) {
        Answer answer = images.sendJson(OPERATOR, "PUT", ROOT + "/" + name + path, body, "application/json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static List<String> names(Answer list, String key, String field) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list.json()
                .get(key)
                .valueStream()
                .map(one -> one.get(field).stringValue())
                .toList();
    }
}
