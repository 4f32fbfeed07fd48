package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A second factor at the log-in: set up, asked for on every way, lost, and turned off. */
class SecondFactorTest {
    private static final String V3 = "/identity/v3";
    private static final String TOKENS = V3 + "/auth/tokens";
    private static final String FACTOR = "/identity/service/v1/account/second-factor";
    private static final String BOTH = "[[\"password\",\"totp\"]]";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String user = "walker-" + Long.toString(System.nanoTime(), 36);
    private final String password = "seven unlikely gnomes " + System.nanoTime();
    private Customer alpha;
    private String id;
    private String token;

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        id = identity.send(
                        "POST",
                        V3 + "/users",
                        alpha.masterToken(),
                        Map.of(
                                "user",
                                Map.of("name", user, "password", password, "default_project_id", alpha.project())))
                .body()
                .at("/user/id")
                .asString();
        String member = identity.id("select id from role where name = 'member' and domain_id is null");
        assertThat(identity.send(
                                "PUT",
                                V3 + "/projects/" + alpha.project() + "/users/" + id + "/roles/" + member,
                                alpha.masterToken(),
                                null)
                        .status())
                .isEqualTo(204);
        token = identity.token(RunningIdentity.login("alpha", user, password, null));
    }

    @Test
    void itIsSetUpWithPasswordAndFirstCodeAndLiesSealed() {
        assertThat(begin("a wrong guess at it").status()).isEqualTo(400);
        Answer seen = begin(password);
        Authenticator app = new Authenticator(seen.body().path("secret").asString());
        assertThat(app.secret()).hasSize(32);
        assertThat(seen.body().path("uri").asString())
                .startsWith("otpauth://totp/Unkai%20cloud.test:" + user + "%40alpha?secret=" + app.secret())
                .endsWith("&issuer=Unkai%20cloud.test&algorithm=SHA1&digits=6&period=30");
        assertThat(seen.body().path("picture").asString()).startsWith("<svg");
        assertThat(byPassword(null).status())
                .as("an app that never showed a code changes nothing")
                .isEqualTo(201);
        assertThat(confirm("000000".equals(app.code(0)) ? "000001" : "000000").status())
                .isEqualTo(400);

        Answer done = confirm(app.code(0));
        assertThat(done.status()).isEqualTo(200);
        List<String> codes = codes(done);
        assertThat(new HashSet<>(codes)).hasSize(10).allMatch(code -> code.matches("([1-9a-z]{4}-){3}[1-9a-z]{4}"));
        JsonNode state = identity.get(FACTOR, token).body();
        assertThat(state.path("enrolled").asBoolean()).isTrue();
        assertThat(state.path("recoveryCodesLeft").asInt()).isEqualTo(10);
        assertThat(begin(password).status()).as("there is one already").isEqualTo(409);

        String kept = identity.state()
                + identity.events()
                + identity.sql()
                        .sql("select coalesce(string_agg(encode(sealed_blob, 'escape'), ' '), '') from user_credential")
                        .query(String.class)
                        .single();
        assertThat(kept).doesNotContain(app.secret());
        assertThat(codes).noneMatch(kept::contains).noneMatch(code -> kept.contains(code.replace("-", "")));
        assertThat(identity.events().stream()
                        .filter(event -> event.at("/target/typeURI").asString().equals("identity/second_factor"))
                        .map(event -> event.path("action").asString()))
                .contains("create");
    }

    @Test
    void thePasswordAloneIsRefusedOnEveryWay() {
        String credential = credential();
        String trust = trustToMe();
        enrol();

        Map<String, Object> project = Map.of("project", Map.of("id", alpha.project()));
        for (Object scope : new ArrayList<>(List.of(
                project,
                "unscoped",
                Map.of("domain", Map.of("id", alpha.domain())),
                Map.of("system", Map.of("all", true)),
                Map.of("OS-TRUST:trust", Map.of("id", trust))))) {
            Answer refused = byPassword(scope);
            assertThat(refused.status()).as("%s", scope).isEqualTo(401);
            assertThat(refused.body().path("required_auth_methods").toString()).isEqualTo(BOTH);
            assertThat(refused.body().at("/error/message").asString()).contains("password and totp");
            assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("SecondFactorMissing");
            assertThat(refused.header("X-Subject-Token")).isEmpty();
        }
        assertThat(byPassword(null).status()).isEqualTo(401);
        assertThat(identity.events().getLast().path("reason").toString()).contains("second factor missing");
        assertThat(exchange(token).status())
                .as("a token from before is not exchanged for one from after")
                .isEqualTo(401);
        assertThat(login(RunningIdentity.login("alpha", user, "a wrong guess at it", null))
                        .body()
                        .has("required_auth_methods"))
                .as("who does not know the password does not learn that there is a factor")
                .isFalse();
        assertThat(login(onlyCode()).status()).as("nor is a code alone enough").isEqualTo(401);

        assertThat(login(Map.of(
                                "auth",
                                Map.of(
                                        "identity",
                                        Map.of(
                                                "methods",
                                                List.of("application_credential"),
                                                "application_credential",
                                                Map.of("id", credential, "secret", "a-secret-of-a-program")))))
                        .status())
                .as("programs go on")
                .isEqualTo(201);
    }

    @Test
    void withTheCodeItIsALogInOnceAndTheTokenSaysBothMethods() {
        Authenticator app = enrol();
        String code = app.code(1);
        Answer entered = withCode(code, null);
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        assertThat(entered.body().at("/token/methods").toString()).isEqualTo("[\"password\",\"totp\"]");
        assertThat(entered.body().at("/token/project/id").asString()).isEqualTo(alpha.project());

        Answer again = withCode(code, null);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.header("X-Unkai-Refusal")).isEqualTo("SecondFactorWrong");
        Answer exchanged = exchange(entered.header("X-Subject-Token"));
        assertThat(exchanged.status()).isEqualTo(201);
        assertThat(exchanged.body().at("/token/methods").toString()).isEqualTo("[\"password\",\"totp\",\"token\"]");

        timePasses();
        String trust = trustToMe();
        assertThat(withCode(app.code(0), Map.of("OS-TRUST:trust", Map.of("id", trust)))
                        .status())
                .isEqualTo(201);
        timePasses();
        Map<String, Object> others = Authenticator.login("alpha", user, password, app.code(0), null);
        JsonNode mixed = RunningIdentity.JSON.valueToTree(others);
        ((tools.jackson.databind.node.ObjectNode) mixed.at("/auth/identity/totp/user")).put("name", "master");
        assertThat(login(mixed).status())
                .as("the code is said to be somebody else's")
                .isEqualTo(401);
    }

    @Test
    void theReceiptOfTheRightPasswordLetsTheCodeFollowAlone() {
        Authenticator app = enrol();
        Answer begun = byPassword(null);
        assertThat(begun.status()).isEqualTo(401);
        String receipt = begun.header("Openstack-Auth-Receipt");
        assertThat(receipt).isNotEmpty();
        assertThat(begun.body().at("/receipt/methods").toString()).isEqualTo("[\"password\"]");
        assertThat(begun.body().at("/receipt/user/id").asString()).isEqualTo(id);
        assertThat(begun.body().at("/receipt/user/domain/name").asString()).isEqualTo("alpha");
        assertThat(java.time.Duration.between(
                        java.time.Instant.parse(
                                begun.body().at("/receipt/issued_at").asString()),
                        java.time.Instant.parse(
                                begun.body().at("/receipt/expires_at").asString())))
                .isEqualTo(java.time.Duration.ofMinutes(5));
        assertThat(identity.state() + identity.events()).doesNotContain(receipt);

        assertThat(goOn(receipt, "12345").status()).as("a wrong code").isEqualTo(401);
        String code = app.code(1);
        Answer entered = goOn(receipt, code);
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        assertThat(entered.body().at("/token/methods").toString()).isEqualTo("[\"password\",\"totp\"]");
        assertThat(goOn(receipt, code).status()).as("the code was used").isEqualTo(401);

        timePasses();
        char last = receipt.charAt(receipt.length() - 2);
        String bent = receipt.substring(0, receipt.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + receipt.charAt(receipt.length() - 1);
        for (String wrong : List.of(bent, "nothing", receipt.replaceFirst("^.", "A"), receipt + "A")) {
            Answer refused = goOn(wrong, app.code(0));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.body().at("/error/message").asString()).startsWith("Could not find auth receipt");
        }
        identity.sql()
                .sql("update account set password_hash = password_hash || 'x' where id = ?")
                .param(id)
                .update();
        assertThat(goOn(receipt, app.code(0)).status())
                .as("with the password its receipts end")
                .isEqualTo(401);
        assertThat(login(RunningIdentity.login("alpha", user, "a wrong guess at it", null))
                        .header("Openstack-Auth-Receipt"))
                .isEmpty();
    }

    private Answer goOn(String receipt, String code) {
        return identity.send(
                identity.anybody(),
                "POST",
                TOKENS,
                null,
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("totp"),
                                        "totp",
                                        Map.of("user", Map.of("id", id, "passcode", code))))),
                Map.of("Openstack-Auth-Receipt", receipt));
    }

    @Test
    void aClockThatIsOneStepOffIsTakenAndTwoStepsAreNot() {
        Authenticator app = enrol();
        for (int steps : List.of(-1, 0, 1)) {
            timePasses();
            assertThat(withCode(app.code(steps), null).status())
                    .as("%d steps", steps)
                    .isEqualTo(201);
        }
        timePasses();
        assertThat(withCode(app.code(-3), null).status()).isEqualTo(401);
        assertThat(withCode(app.code(3), null).status()).isEqualTo(401);
        assertThat(withCode(app.code(1), null).status()).isEqualTo(201);
        assertThat(withCode(app.code(0), null).status())
                .as("a code from before the last one is as good as used")
                .isEqualTo(401);
    }

    @Test
    void wrongCodesSlowGuessingDownLikeWrongPasswords() {
        Authenticator app = enrol();
        timePasses();
        for (int guess = 0; guess < 6; guess++) {
            assertThat(withCode("wrong" + guess, null).status()).isEqualTo(401);
        }
        Answer paused = withCode(app.code(0), null);
        assertThat(paused.status()).as("the right one is not looked at").isEqualTo(401);
        assertThat(paused.body().at("/error/message").asString()).contains("paused");
        assertThat(identity.events().toString()).doesNotContain("wrong0");
        assertThat(identity.id("select failures::text from login_failure where subject = ?", "account:" + id))
                .isEqualTo("7");
        identity.sql().sql("delete from login_failure").update();
        assertThat(withCode(app.code(0), null).status()).isEqualTo(201);
    }

    @Test
    void aLostDeviceIsReplacedByARecoveryCodeThatIsGoodOnce() {
        begin(password);
        Authenticator app =
                new Authenticator(begin(password).body().path("secret").asString());
        List<String> codes = codes(confirm(app.code(0)));
        String code = codes.getFirst();

        Answer entered = withCode(code.toUpperCase(java.util.Locale.ROOT).replace("-", " "), null);
        assertThat(entered.status()).isEqualTo(201);
        token = entered.header("X-Subject-Token");
        assertThat(identity.events().stream().map(event -> event.path("action").asString()))
                .contains("use-recovery-code");
        assertThat(withCode(code, null).status()).isEqualTo(401);
        assertThat(identity.get(FACTOR, token).body().path("recoveryCodesLeft").asInt())
                .isEqualTo(9);

        Map<String, Object> proof = Map.of("proof", Map.of("password", password, "code", codes.get(1)));
        Answer renewed = identity.send("POST", FACTOR + "/recovery-codes", token, proof);
        assertThat(codes(renewed)).hasSize(10).doesNotContainAnyElementsOf(codes);
        assertThat(withCode(codes.get(2), null).status())
                .as("the old ones are gone")
                .isEqualTo(401);

        Map<String, Object> wrong = Map.of(
                "proof",
                Map.of("password", "a wrong guess at it", "code", codes(renewed).getFirst()));
        assertThat(identity.send("POST", FACTOR + "/removal", token, wrong).status())
                .isEqualTo(400);
        Map<String, Object> right = Map.of(
                "proof", Map.of("password", password, "code", codes(renewed).getFirst()));
        assertThat(identity.send("POST", FACTOR + "/removal", token, right).status())
                .isEqualTo(200);
        assertThat(byPassword(null).status()).isEqualTo(201);
        assertThat(identity.get(FACTOR, token).body().path("enrolled").asBoolean())
                .isFalse();
    }

    @Test
    void nobodyElseReachesItAndATokenAloneDoesNotTurnItOff() {
        Authenticator app = enrol();
        token = withCode(app.code(1), null).header("X-Subject-Token");
        String credential =
                V3 + "/credentials/" + identity.id("select credential_id from second_factor where account_id = ?", id);
        String operator = identity.token("Default", "operator");

        assertThat(identity.get(credential, token).body().at("/credential/blob").asString())
                .as("its owner may read it, as the credentials API promises")
                .isEqualTo(app.secret());
        assertThat(identity.get(credential, alpha.masterToken()).status()).isEqualTo(404);
        Answer seen = identity.get(credential, operator);
        assertThat(seen.body().at("/credential/type").asString()).isEqualTo("totp");
        assertThat(seen.body().at("/credential/blob").isNull()).isTrue();
        assertThat(identity.get(V3 + "/credentials?type=totp", operator).raw().body())
                .contains(id)
                .doesNotContain(app.secret());
        Map<String, Object> change = Map.of("credential", Map.of("blob", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
        assertThat(identity.send("PATCH", credential, token, change).status()).isEqualTo(403);
        assertThat(identity.delete(credential, token).status()).isEqualTo(403);

        assertThat(identity.delete(credential, operator).status())
                .as("the desk helps after a loss")
                .isEqualTo(204);
        assertThat(byPassword(null).status()).isEqualTo(201);
        assertThat(identity.id("select count(*)::text from recovery_code where account_id = ?", id))
                .isEqualTo("0");
    }

    @Test
    void aSeedKeptByAnOperatorWithTheCredentialsApiCountsAsInTheReference() {
        String seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        String operator = identity.token("Default", "operator");
        assertThat(keepSeed(operator, "too short").status()).isEqualTo(400);
        assertThat(keepSeed(token, seed).status())
                .as("one's own is set up with the password")
                .isEqualTo(403);
        assertThat(keepSeed(operator, seed).status()).isEqualTo(201);

        assertThat(byPassword(null).status()).isEqualTo(401);
        Authenticator app = new Authenticator(seed);
        Answer entered = withCode(app.code(0), "unscoped");
        assertThat(entered.status()).isEqualTo(201);
        JsonNode state = identity.get(FACTOR, entered.header("X-Subject-Token")).body();
        assertThat(state.path("enrolled").asBoolean()).isTrue();
        assertThat(state.has("since")).isFalse();
    }

    @Test
    void theRulesInAnAccountsOptionsHoldAsInTheReference() {
        assertThat(options(Map.of("multi_factor_auth_rules", List.of(List.of("password", "stars"))))
                        .status())
                .isEqualTo(400);
        assertThat(options(Map.of("made_up", true)).status()).isEqualTo(400);
        Answer set = options(Map.of(
                "multi_factor_auth_rules", List.of(List.of("password", "totp")), "multi_factor_auth_enabled", true));
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body().at("/user/options/multi_factor_auth_rules").toString())
                .isEqualTo(BOTH);

        Answer refused = byPassword(null);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().path("required_auth_methods").toString()).isEqualTo(BOTH);
        assertThat(exchange(token).status()).isEqualTo(401);
        options(Map.of("multi_factor_auth_enabled", false));
        assertThat(byPassword(null).status()).isEqualTo(201);
        java.util.HashMap<String, Object> none = new java.util.HashMap<>();
        none.put("multi_factor_auth_enabled", null);
        none.put("multi_factor_auth_rules", null);
        assertThat(options(none).body().at("/user/options").toString()).isEqualTo("{}");
    }

    private Authenticator enrol() {
        Authenticator app =
                new Authenticator(begin(password).body().path("secret").asString());
        assertThat(confirm(app.code(0)).status()).isEqualTo(200);
        return app;
    }

    private Answer begin(String proof) {
        return identity.send("POST", FACTOR, token, Map.of("proof", Map.of("password", proof)));
    }

    private Answer confirm(String code) {
        return identity.send("PUT", FACTOR, token, Map.of("proof", Map.of("code", code)));
    }

    private static List<String> codes(Answer answer) {
        return answer.body()
                .path("recoveryCodes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Codes of steps already used are good again, as those of later steps would be. */
    private void timePasses() {
        identity.sql().sql("delete from passcode_use").update();
    }

    private Answer login(Object body) {
        return identity.send("POST", TOKENS, null, body);
    }

    private Answer byPassword(@Nullable Object scope) {
        return login(RunningIdentity.login("alpha", user, password, scope));
    }

    private Answer withCode(String code, @Nullable Object scope) {
        return login(Authenticator.login("alpha", user, password, code, scope));
    }

    private Object onlyCode() {
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("totp"),
                                "totp",
                                Map.of("user", Map.of("id", id, "passcode", "123456")))));
    }

    private Answer exchange(String parent) {
        return login(Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of("methods", List.of("token"), "token", Map.of("id", parent)),
                        "scope",
                        Map.of("project", Map.of("id", alpha.project())))));
    }

    private Answer keepSeed(String bearer, String seed) {
        return identity.send(
                "POST",
                V3 + "/credentials",
                bearer,
                Map.of("credential", Map.of("user_id", id, "type", "totp", "blob", seed)));
    }

    private Answer options(Map<String, ?> options) {
        return identity.send(
                "PATCH", V3 + "/users/" + id, alpha.masterToken(), Map.of("user", Map.of("options", options)));
    }

    private String credential() {
        return identity.send(
                        "POST",
                        V3 + "/users/" + id + "/application_credentials",
                        token,
                        Map.of("application_credential", Map.of("name", "program", "secret", "a-secret-of-a-program")))
                .body()
                .at("/application_credential/id")
                .asString();
    }

    private String trustToMe() {
        return identity.send(
                        "POST",
                        V3 + "/OS-TRUST/trusts",
                        alpha.readerToken(),
                        Map.of(
                                "trust",
                                Map.of(
                                        "trustor_user_id",
                                        alpha.reader(),
                                        "trustee_user_id",
                                        id,
                                        "project_id",
                                        alpha.project(),
                                        "impersonation",
                                        false,
                                        "roles",
                                        List.of(Map.of("name", "reader")))))
                .body()
                .at("/trust/id")
                .asString();
    }
}
