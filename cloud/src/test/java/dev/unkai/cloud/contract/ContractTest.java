package dev.unkai.cloud.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.base.data.Transactions;
import dev.unkai.base.tls.TestPki;
import dev.unkai.cloud.RunningCloud;
import dev.unkai.cloud.RunningCloud.Answer;
import dev.unkai.cloud.placement.Demand;
import dev.unkai.cloud.placement.Placed;
import dev.unkai.cloud.placement.Placement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way from an application to a contract, by the API, with an identity that fails now and then. */
class ContractTest {
    private static final String APPLICATIONS = "/service/v1/applications";
    private static final String APPLICATION = "/service/v1/application";

    private static RunningCloud cloud;
    private static FakeIdentity identity;
    private static int source = 1;

    @BeforeAll
    static void start() throws IOException {
        TestPki pki = new TestPki();
        identity = new FakeIdentity(pki);
        cloud = RunningCloud.start(
                pki,
                "--unkai.identity-url=" + identity.address(),
                "--unkai.proxies=127.0.0.1",
                "--unkai.desk-mail=desk@provider.example");
    }

    @AfterAll
    static void stop() {
        cloud.close();
        identity.stop();
    }

    @Test
    void leadsFromTheFormToAContractAlsoWhenIdentityIsAwayAndItsAnswerIsLost() {
        String email = "yuki@way.example";
        assertThat(apply("kumo-trading", email, "dedicated", from()).status()).isEqualTo(202);
        String verify = secret(email, "application-verify");
        assertThat(listed("kumo-trading")).isEmpty();

        Answer verified = send(null, "POST", "/service/v1/application-verifications", Map.of("token", verify));
        String follow = verified.json().get("token").asString();
        assertThat(send(null, "POST", "/service/v1/application-verifications", Map.of("token", verify))
                        .status())
                .isEqualTo(410);
        assertThat(follow(follow).get("state").asString()).isEqualTo("submitted");

        assertThat(
                        text(
                                "select subject || body from mail where recipient = 'desk@provider.example' and body like '%kumo-trading%'"))
                .contains("A-"
                        + listed("kumo-trading")
                                .getFirst()
                                .get("number")
                                .asString()
                                .substring(2));

        JsonNode application = listed("kumo-trading").getFirst();
        String own = APPLICATIONS + "/" + application.get("id").asString();
        Answer approved = send(operator(), "POST", own + "/approval", Map.of("quota", Map.of("instances", 33)));
        assertThat(approved.json().get("state").asString()).isEqualTo("approved");
        assertThat(send(operator(), "POST", own + "/approval", Map.of()).status())
                .isEqualTo(409);

        String link = secret(email, "application-approved");
        JsonNode shown = follow(link);
        String hash = shown.at("/toAgree/hash").asString();
        List<String> texts = shown.at("/toAgree/texts")
                .valueStream()
                .map(text -> text.get("id").asString())
                .toList();
        assertThat(texts).isNotEmpty();
        assertThat(shown.has("id")).isFalse();
        assertThat(agree(link, "0".repeat(64), texts).status()).isEqualTo(409);
        assertThat(agree(link, hash, List.of()).status()).isEqualTo(400);
        identity.next.addAll(
                List.of(FakeIdentity.Fault.AWAY, FakeIdentity.Fault.IMPOSSIBLE, FakeIdentity.Fault.ANSWER_LOST));
        assertThat(agree(link, hash, texts).json().at("/contract/state").asString())
                .isEqualTo("provisioning");
        assertThat(agree(link, hash, texts).status()).isEqualTo(409);

        comesTo(follow, "/contract/waitsFor", "hosts");
        assertThat(follow(follow).at("/contract/state").asString()).isEqualTo("provisioning");
        assertThat(identity.opened("kumo-trading")).isZero();
        assertThat(send(operator(), "GET", own, null)
                        .json()
                        .at("/contract/trouble")
                        .asString())
                .contains("1 hosts of its own");
        host("project-of-kumo-trading");
        identity.next.add(FakeIdentity.Fault.ANSWER_LOST);
        comesTo(follow, "/contract/state", "active");
        assertThat(identity.asked.stream().filter("kumo-trading"::equals)).hasSize(4);
        assertThat(identity.opened("kumo-trading")).isEqualTo(2);
        assertThat(follow(follow)
                        .get("steps")
                        .valueStream()
                        .map(step -> step.get("step").asString()))
                .containsExactly(
                        "applied",
                        "verified",
                        "approved",
                        "consented",
                        "account",
                        "policies",
                        "limits",
                        "hosts",
                        "active");
        assertThat(
                        count(
                                "select count(*) from mail where template = 'contract-started' and recipient = 'yuki@way.example'"))
                .isOne();
        assertThat(count("select hard_limit from compute_quota where project_id = 'project-of-kumo-trading'"))
                .isEqualTo(33);

        Answer contract = send(cloud.token("project-of-kumo-trading", "reader"), "GET", "/service/v1/contract", null);
        assertThat(contract.json().get("state").asString()).isEqualTo("active");
        JsonNode consent = contract.json().at("/consents/0");
        assertThat(consent.get("sha256").asString()).isEqualTo(hash);
        assertThat(consent.get("person").asString()).isEqualTo("Yuki Sato");
        assertThat(consent.get("address").asString()).startsWith("198.51.100.");
        assertThat(contract.text()).doesNotContain("\"by\"");
        assertThat(send(cloud.token("another-project", "manager"), "GET", "/service/v1/contract", null)
                        .status())
                .isEqualTo(404);
        agreesAgainWhenThePlanHasANewVersion("project-of-kumo-trading", hash, texts);
        assertThat(text("select string_agg(event, '') from outbox"))
                .doesNotContain(verify)
                .doesNotContain(link)
                .doesNotContain(email)
                .contains("\"accept\"")
                .contains(hash);
        assertThat(send(null, "POST", APPLICATION + "/withdrawal", null, Map.of("X-Unkai-Application", follow))
                        .status())
                .isEqualTo(409);
    }

    private static void agreesAgainWhenThePlanHasANewVersion(String project, String hash, List<String> texts) {
        String master = cloud.token(project, "manager");
        String path = "/service/v1/contract";
        assertThat(send(master, "GET", path, null).json().has("toAgree")).isFalse();
        assertThat(consent(master, hash, texts).status()).isEqualTo(409);
        String document = text("select document from plan_version where plan_id = 'dedicated' and version = 1");
        assertThat(send(
                                operator(),
                                "POST",
                                "/service/v1/plans",
                                document.replaceFirst("\"version\":1\\b", "\"version\":2"))
                        .status())
                .isEqualTo(201);

        JsonNode fresh = send(master, "GET", path, null).json();
        assertThat(fresh.get("planVersion").asInt()).isOne();
        String newHash = fresh.at("/toAgree/hash").asString();
        assertThat(newHash).isNotEqualTo(hash);
        assertThat(consent(cloud.token(project, "member"), newHash, texts).status())
                .isEqualTo(403);
        assertThat(consent(master, hash, texts).status()).isEqualTo(409);
        JsonNode agreed = consent(master, newHash, texts).json();

        assertThat(agreed.get("planVersion").asInt()).isEqualTo(2);
        assertThat(agreed.has("toAgree")).isFalse();
        assertThat(agreed.get("consents")).hasSize(2);
        assertThat(agreed.at("/consents/0/user").asString()).isEqualTo("user-of-" + project);
    }

    /** A plan that no code knows, mixing what the delivered two keep apart: its policies reach identity and placement. */
    @Test
    void aThirdPlanIsInForceByItsDataAlone() throws IOException {
        String mixed = resource("/plan/mixed.yaml").replace("id: guarded", "id: third");
        assertThat(send(operator(), "POST", "/service/v1/plans", mixed).status())
                .isEqualTo(201);
        String follow = verified(
                "third-one",
                "a@third.example",
                "third",
                Map.of(
                        "addresses",
                        List.of("198.51.100.0/24"),
                        "vpnUsers",
                        List.of(Map.of("name", "hana", "email", "hana@third.example"))));
        String own =
                APPLICATIONS + "/" + listed("third-one").getFirst().get("id").asString();
        assertThat(send(operator(), "POST", own + "/approval", Map.of()).status())
                .isEqualTo(200);
        assertThat(agree(follow, follow(follow).at("/toAgree/hash").asString(), List.of())
                        .status())
                .isEqualTo(200);

        comesTo(follow, "/contract/waitsFor", "hosts");
        JsonNode wish = identity.wishes.get("third-one");
        assertThat(wish.get("rules")).isEqualTo(RunningCloud.JSON.readTree("""
                        {"planVersion": 1, "issued": true, "passwordDays": 90, "differsFromLast": 12, "resetMinutes": null,
                         "usersByProvider": false, "fromAddresses": true, "throughTunnels": true, "secondFactor": "everyone"}
                        """));
        assertThat(wish.at("/addresses/0").asString()).isEqualTo("198.51.100.0/24");
        assertThat(wish.at("/vpnUsers/0/email").asString()).isEqualTo("hana@third.example");
        String project = "project-of-third-one";
        host(null);
        assertThat(placed(project)).isInstanceOf(Placed.Nowhere.class);
        for (int host = 0; host < 3; host++) {
            assertThat(follow(follow).at("/contract/state").asString()).isEqualTo("provisioning");
            host(project);
        }
        comesTo(follow, "/contract/state", "active");
        assertThat(placed(project)).isInstanceOf(Placed.On.class);
        assertThat(placed("project-of-others")).isInstanceOf(Placed.On.class);
        assertThat(apply("no-vpn", "a@novpn.example", "shared", from(), Map.of("vpnUsers", wish.get("vpnUsers")))
                        .status())
                .isEqualTo(400);
    }

    private static Placed placed(String project) {
        Demand demand =
                new Demand(UUID.randomUUID(), project, 1, 512, 1, null, null, false, false, Demand.Company.NONE);
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> cloud.context().getBean(Placement.class).place(db, demand));
    }

    /** A host of this customer, or of everybody. */
    private static void host(@Nullable String project) {
        cloud.context()
                .getBean(Transactions.class)
                .doAsSystem(db -> db.sql("""
                        insert into host (id, name, zone, state, facts, vcpus, memory_mib, disk_gib, uefi, project_id)
                        values (?, ?, 'nova', 'up', '{}', 4, 8192, 100, false, ?)
                        """)
                        .param(UUID.randomUUID())
                        .param("host-" + System.nanoTime())
                        .param(project)
                        .update());
    }

    private static String resource(String path) throws IOException {
        try (InputStream stream = Objects.requireNonNull(ContractTest.class.getResourceAsStream(path))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void comesTo(String follow, String field, String value) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            soon();
            assertThat(follow(follow).at(field).asString("")).isEqualTo(value);
        });
    }

    private static Answer consent(String token, String hash, List<String> texts) {
        Map<String, Object> body = Map.of("hash", hash, "texts", texts, "person", "Hana Ito", "language", "ja");
        return send(token, "POST", "/service/v1/contract/consent", body);
    }

    @Test
    void aRefusalTellsTheReasonByMailAndAnApplicantMayWithdraw() {
        String refused = verified("refused-one", "a@refused.example");
        String own =
                APPLICATIONS + "/" + listed("refused-one").getFirst().get("id").asString();
        assertThat(send(operator(), "POST", own + "/refusal", Map.of("reason", " "))
                        .status())
                .isEqualTo(400);
        Answer unlisted = send(operator(), "POST", own + "/approval", Map.of());
        assertThat(unlisted.status()).isEqualTo(409);
        assertThat(unlisted.json().get("code").asString()).isEqualTo("AddressesNeeded");
        assertThat(send(operator(), "POST", own + "/approval", Map.of("addresses", List.of("198.51.100.7/24")))
                        .status())
                .isEqualTo(400);
        Answer decided = send(operator(), "POST", own + "/refusal", Map.of("reason", "No hosts are free\nbefore May."));
        assertThat(decided.json().get("decidedBy").asString()).isEqualTo("user-of-operators");
        JsonNode seen = follow(refused);
        assertThat(seen.get("reason").asString()).contains("before May");
        assertThat(seen.has("decidedBy")).isFalse();
        assertThat(
                        text(
                                "select body from mail where template = 'application-refused' and recipient = 'a@refused.example'"))
                .contains("No hosts are free\nbefore May.");

        String withdrawn = verified("withdrawn-one", "a@withdrawn.example");
        Answer back = send(null, "POST", APPLICATION + "/withdrawal", null, Map.of("X-Unkai-Application", withdrawn));
        assertThat(back.json().get("state").asString()).isEqualTo("withdrawn");
        String theirs = APPLICATIONS + "/"
                + listed("withdrawn-one").getFirst().get("id").asString();
        assertThat(send(operator(), "POST", theirs + "/approval", Map.of()).status())
                .isEqualTo(409);
    }

    @Test
    void onlySoManyComeFromOneSourceAndOneAddressGetsOnlySoManyMails() {
        Map<String, String> one = from();
        for (int i = 0; i < 5; i++) {
            assertThat(apply("many-" + i, "mail" + i + "@many.example", "shared", one)
                            .status())
                    .isEqualTo(202);
        }
        Answer sixth = apply("many-6", "mail6@many.example", "shared", one);
        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.json().get("code").asString()).isEqualTo("TooManyApplications");
        assertThat(text("select string_agg(event, '') from outbox")).contains("too many applications from one source");
        // Another address of the same /64 is the same source.
        assertThat(apply("six-0", "six0@many.example", "shared", Map.of("X-Forwarded-For", "2001:db8:1:2::1"))
                        .status())
                .isEqualTo(202);
        assertThat(text("select string_agg(source, ' ') from application where company = 'six-0'"))
                .contains("2001:db8:1:2::/64");

        for (int i = 0; i < 4; i++) {
            assertThat(apply("same-" + i, "Same@many.example", "shared", from()).status())
                    .isEqualTo(202);
        }
        assertThat(count("select count(*) from mail where lower(recipient) = 'same@many.example'"))
                .isEqualTo(3);
    }

    @Test
    void aProgramThatFillsInTheUnseenFieldIsToldTheSameAndForgotten() {
        Map<String, Object> form = form("bot", "bot@bots.example", "shared");
        form.put("website", "https://bots.example");
        assertThat(send(null, "POST", APPLICATIONS, form, from()).status()).isEqualTo(202);
        assertThat(count("select count(*) from application where email = 'bot@bots.example'"))
                .isZero();
    }

    @Test
    void theFirstMailHoldsNothingThatTheApplicantTyped() {
        apply("victim-one", "victim@else.example", "shared", from());
        assertThat(text("select subject || body from mail where recipient = 'victim@else.example'"))
                .doesNotContain("Yuki")
                .doesNotContain("victim-one");
    }

    @Test
    void badFormsAndDeadLinksAreRefusedWithASentence() {
        for (Map.Entry<String, String> bad : Map.of(
                        "email",
                        "nobody",
                        "contractName",
                        "Not A Name",
                        "company",
                        "",
                        "plan",
                        "no-such-plan",
                        "language",
                        "fr")
                .entrySet()) {
            Map<String, Object> form = form("good-name", "x@bad.example", "shared");
            form.put(bad.getKey(), bad.getValue());
            Answer answer = send(null, "POST", APPLICATIONS, form, from());
            assertThat(answer.status()).as(bad.getKey()).isEqualTo(400);
            assertThat(answer.json().get("detail").asString()).isNotBlank();
        }
        assertThat(count("select count(*) from application where email = 'x@bad.example'"))
                .isZero();
        String unknown = "A".repeat(32);
        assertThat(send(null, "GET", APPLICATION, null, Map.of("X-Unkai-Application", unknown))
                        .status())
                .isEqualTo(410);
        assertThat(send(null, "GET", APPLICATION, null).status()).isEqualTo(404);
        assertThat(send(null, "POST", "/service/v1/application-verifications", Map.of("token", unknown))
                        .status())
                .isEqualTo(410);

        apply("late-one", "late@late.example", "shared", from());
        String late = secret("late@late.example", "application-verify");
        system("update application_token set expires_at = now() - interval '1 second' where purpose = 'verify'");
        assertThat(send(null, "POST", "/service/v1/application-verifications", Map.of("token", late))
                        .status())
                .isEqualTo(410);
    }

    @Test
    void whatNobodyGoesOnWithEnds() throws Exception {
        String follow = verified("lapsing", "a@lapsing.example");
        String own = APPLICATIONS + "/" + listed("lapsing").getFirst().get("id").asString();
        assertThat(send(operator(), "POST", own + "/approval", Map.of("addresses", List.of("198.51.100.0/24")))
                        .status())
                .isEqualTo(200);
        apply("unverified-one", "a@unverified.example", "shared", from());
        system(
                "update application set state_at = now() - interval '31 days' where email in ('a@lapsing.example', 'a@unverified.example')");

        while (cloud.context().getBean(ApplicationTidying.class).step()) {
            // until nothing is left to do
        }

        assertThat(follow(follow).get("state").asString()).isEqualTo("lapsed");
        assertThat(count("select count(*) from application where email = 'a@unverified.example'"))
                .isZero();
    }

    /** A verified application; answers the secret to follow it by. */
    private static String verified(String name, String email) {
        return verified(name, email, "shared", Map.of());
    }

    private static String verified(String name, String email, String plan, Map<String, Object> more) {
        assertThat(apply(name, email, plan, from(), more).status()).isEqualTo(202);
        return send(
                        null,
                        "POST",
                        "/service/v1/application-verifications",
                        Map.of("token", secret(email, "application-verify")))
                .json()
                .get("token")
                .asString();
    }

    private static Answer apply(String name, String email, String plan, Map<String, String> headers) {
        return apply(name, email, plan, headers, Map.of());
    }

    private static Answer apply(
            String name, String email, String plan, Map<String, String> headers, Map<String, ?> more) {
        Map<String, Object> form = form(name, email, plan);
        form.putAll(more);
        return send(null, "POST", APPLICATIONS, form, headers);
    }

    private static Map<String, Object> form(String name, String email, String plan) {
        return new HashMap<>(Map.of(
                "company", name,
                "person", "Yuki Sato",
                "email", email,
                "telephone", "",
                "contractName", name,
                "plan", plan,
                "purpose", "A shop",
                "language", "en",
                "website", ""));
    }

    private static Answer agree(String link, String hash, List<String> texts) {
        Map<String, Object> body = Map.of("hash", hash, "texts", texts, "person", "Yuki Sato", "language", "en");
        Map<String, String> headers = new HashMap<>(from());
        headers.put("X-Unkai-Application", link);
        return send(null, "POST", APPLICATION + "/consent", body, headers);
    }

    private static JsonNode follow(String token) {
        Answer answer = send(null, "GET", APPLICATION, null, Map.of("X-Unkai-Application", token));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<JsonNode> listed(String name) {
        return send(operator(), "GET", APPLICATIONS, null)
                .json()
                .get("applications")
                .valueStream()
                .filter(each -> each.get("contractName").asString().equals(name))
                .toList();
    }

    private static String operator() {
        return cloud.token("operators", "admin");
    }

    /** Through the proxy, from an address of its own. */
    private static synchronized Map<String, String> from() {
        return Map.of("X-Forwarded-For", "198.51.100." + source++);
    }

    private static Answer send(@Nullable String token, String method, String path, @Nullable Object body) {
        return send(token, method, path, body, Map.of());
    }

    private static Answer send(
            @Nullable String token, String method, String path, @Nullable Object body, Map<String, String> headers) {
        String json =
                body == null || body instanceof String ? (String) body : RunningCloud.JSON.writeValueAsString(body);
        return cloud.send(token, method, path, json, headers);
    }

    /** The link of the newest such mail, as its recipient has it. */
    private static String secret(String email, String template) {
        return cloud.mailSecret(email, template);
    }

    /** Nobody waits in a test for the next try. */
    private static void soon() {
        system("update contract set try_at = now() where trouble is not null and try_at > now()");
    }

    private static void system(String sql) {
        cloud.context().getBean(Transactions.class).doAsSystem(db -> db.sql(sql).update());
    }

    private static String text(String sql) {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql(sql).query(String.class).single());
    }

    private static int count(String sql) {
        return cloud.context()
                .getBean(Transactions.class)
                .asSystem(db -> db.sql(sql).query(Integer.class).single());
    }
}
