package dev.unkai.rack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Somebody who wants a contract of the shared plan, by API: comes as far as the review by an operator, who also hands the links of the mails on. */
final class Applicant {
    private static final Pattern LINK = Pattern.compile("#([A-Za-z0-9_-]{20,})");

    final String name;
    private final Api operator;
    private final Api stranger;
    private final String email;
    private final String secret;

    Applicant(Site site, Api operator, String name) {
        this.operator = operator;
        this.name = name;
        this.email = "yuki@" + name + ".example";
        this.stranger = Api.stranger(site);
        stranger.post(
                        "/service/v1/applications",
                        Map.ofEntries(
                                Map.entry("company", name),
                                Map.entry("person", "Yuki Sato"),
                                Map.entry("email", email),
                                Map.entry("telephone", ""),
                                Map.entry("contractName", name),
                                Map.entry("plan", "shared"),
                                Map.entry("purpose", ""),
                                Map.entry("language", "en"),
                                Map.entry("website", ""),
                                Map.entry("addresses", List.of("127.0.0.1")),
                                Map.entry("vpnUsers", List.of())))
                .expect(202);
        this.secret = stranger.post(
                        "/service/v1/application-verifications", Map.of("token", link("application-verify")))
                .expect(200)
                .path("token")
                .asString();
        String id = operator.get("/service/v1/applications")
                .expect(200)
                .path("applications")
                .valueStream()
                .filter(one -> one.path("email").asString().equals(email))
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow();
        operator.post("/service/v1/applications/" + id + "/approval", Map.of()).expect(200);
    }

    /** Makes the contract; what follows is the service's. */
    void agree() {
        JsonNode texts = follow().path("toAgree");
        stranger.send(
                        "POST",
                        "/service/v1/application/consent",
                        Map.of(
                                "hash",
                                texts.path("hash").asString(),
                                "texts",
                                texts.path("texts")
                                        .valueStream()
                                        .map(text -> text.path("id").asString())
                                        .toList(),
                                "person",
                                "Yuki Sato",
                                "language",
                                "en"),
                        Map.of("X-Unkai-Application", secret))
                .expect(200);
    }

    JsonNode follow() {
        return stranger.send("GET", "/service/v1/application", null, Map.of("X-Unkai-Application", secret))
                .body();
    }

    /** Of the contract. */
    String state() {
        return follow().at("/contract/state").asString("");
    }

    List<String> steps() {
        return follow().path("steps")
                .valueStream()
                .map(step -> step.path("step").asString())
                .toList();
    }

    /** The names of the mails that went to it. */
    List<String> mails() {
        return entries().map(mail -> mail.path("template").asString()).toList();
    }

    /** The id of the one thing in the list; fails when there are none or several. */
    String only(String path, String list) {
        JsonNode found = operator.get(path).expect(200).path(list);
        assertThat(found.size()).as(found.toString()).isOne();
        return found.get(0).path("id").asString();
    }

    private Stream<JsonNode> entries() {
        // Identity keeps its own.
        return Stream.of("/service/v1/mails", "/service/v1/identity-mails")
                .flatMap(path -> operator.get(path).expect(200).path("mails").valueStream())
                .filter(mail -> mail.path("recipient").asString().equals(email));
    }

    private String link(String template) {
        String id = await().atMost(Api.PATIENCE)
                .until(
                        () -> entries()
                                .filter(mail -> mail.path("template").asString().equals(template))
                                .map(mail -> mail.path("id").asString())
                                .findFirst()
                                .orElse(""),
                        found -> !found.isEmpty());
        String body = operator.post("/service/v1/mails/" + id + "/opening", "")
                .expect(200)
                .path("body")
                .asString();
        Matcher found = LINK.matcher(body);
        assertThat(found.find()).as(body).isTrue();
        return found.group(1);
    }
}
