package dev.unkai.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Passkeys beside the password: made, asked for, refused when anything about their answer is wrong, and taken away. */
class PasskeyTest {
    private static final String V3 = "/identity/v3";
    private static final String ACCOUNT = "/identity/service/v1/account";
    private static final String PASSKEYS = ACCOUNT + "/passkeys";
    private static final String FACTOR = ACCOUNT + "/second-factor";

    private final RunningIdentity identity = RunningIdentity.shared();
    private final String password = "seven unlikely gnomes " + System.nanoTime();
    private Customer alpha;
    private Person kei;

    /** Somebody with a token that was got by password alone. */
    private record Person(String name, String id, String token) {}

    @BeforeEach
    void meet() {
        alpha = Customer.of(identity, "alpha");
        kei = person("kei");
    }

    @Test
    void itIsMadeWithThePasswordAndFromThenOnTheLogInAsksForIt() {
        SoftKey key = new SoftKey();
        JsonNode options = begin(kei, Map.of("password", password));
        assertThat(options.at("/rp/id").asString()).isEqualTo("cloud.test");
        assertThat(options.at("/user/name").asString()).isEqualTo(kei.name() + "@alpha");
        assertThat(options.at("/authenticatorSelection/userVerification").asString())
                .isEqualTo("required");
        assertThat(byPassword(kei).status())
                .as("a key that was never made changes nothing")
                .isEqualTo(201);
        Answer made = register(kei, "Phone", key.make(options.path("challenge").asString()));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(200);
        assertThat(made.body().path("recoveryCodes").size()).isEqualTo(10);

        Answer refused = byPassword(kei);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("SecondFactorMissing");
        assertThat(refused.body().path("required_auth_methods").toString()).isEqualTo("[[\"password\",\"passkey\"]]");
        assertThat(refused.body().at("/passkey/allowCredentials/0/id").asString())
                .isEqualTo(key.id());
        assertThat(refused.body().at("/passkey/allowCredentials/0/transports").toString())
                .isEqualTo("[\"internal\"]");
        key.userHandle = SoftKey.text(kei.id().getBytes(StandardCharsets.UTF_8));
        Answer entered = withKey(kei, key.show(challenge(refused)));
        assertThat(entered.status()).as(entered.raw().body()).isEqualTo(201);
        assertThat(entered.body().at("/token/methods").toString()).isEqualTo("[\"password\",\"passkey\"]");
        assertThat(exchange(entered.header("X-Subject-Token")).status()).isEqualTo(201);
        assertThat(exchange(kei.token()).status())
                .as("a token from before is not exchanged for one from after")
                .isEqualTo(401);
        JsonNode seen = identity.get(FACTOR, entered.header("X-Subject-Token")).body();
        assertThat(seen.path("enrolled").asBoolean()).isTrue();
        assertThat(seen.path("app").asBoolean()).isFalse();
        assertThat(seen.at("/passkeys/0/name").asString()).isEqualTo("Phone");
        assertThat(seen.at("/passkeys/0/lastUsedAt").asString()).isNotEmpty();
        assertThat(actions("identity/passkey")).contains("create");

        assertThat(withCode(kei, made.body().at("/recoveryCodes/0").asString()).status())
                .as("a recovery code stands in for a lost key")
                .isEqualTo(201);
    }

    static List<Arguments> dishonest() {
        return List.of(
                Arguments.of(
                        "another origin", "origin", (Consumer<SoftKey>) key -> key.origin = "https://cloud.example"),
                Arguments.of("another port", "origin", (Consumer<SoftKey>) key -> key.origin = "https://cloud.test"),
                Arguments.of("another site", "another site", (Consumer<SoftKey>) key -> key.site = "cloud.example"),
                Arguments.of("not verified", "not verified", (Consumer<SoftKey>) SoftKey::isNotVerified),
                Arguments.of("not present", "not", (Consumer<SoftKey>) key -> key.flags = 4),
                Arguments.of("a counter that stands", "copy", (Consumer<SoftKey>) key -> key.counter--),
                Arguments.of("a counter that goes back", "copy", (Consumer<SoftKey>) key -> key.counter -= 5),
                Arguments.of("another user's handle", "somebody else", (Consumer<SoftKey>)
                        key -> key.userHandle = SoftKey.text("another".getBytes(StandardCharsets.UTF_8))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dishonest")
    void anAnswerThatIsNotWhollyRightIsRefusedAndRecordedWithTheReason(
            String what, String reason, Consumer<SoftKey> dishonesty) {
        SoftKey key = own(kei, "Phone");
        key.counter = 7;
        assertThat(withKey(kei, key.show(challenge(byPassword(kei)))).status()).isEqualTo(201);
        dishonesty.accept(key);
        refusedFor(withKey(kei, key.show(challenge(byPassword(kei)))), reason);
    }

    @Test
    void aChallengeIsGoodForOneAnswerOfOneAccountToOnePurposeWithinFiveMinutes() {
        SoftKey key = own(kei, "Phone");
        String challenge = challenge(byPassword(kei));
        Map<String, Object> answer = key.show(challenge);
        assertThat(withKey(kei, answer).status()).isEqualTo(201);
        refusedFor(withKey(kei, answer), "answered before");
        refusedFor(withKey(kei, key.show(challenge)), "answered before");
        refusedFor(withKey(kei, key.show(SoftKey.text(new byte[32]))), "unknown");

        Person ren = person("ren");
        own(ren, "Stick");
        refusedFor(withKey(kei, key.show(challenge(byPassword(ren)))), "unknown");
        String forProof = identity.send(
                        "POST", PASSKEYS + "/challenge", kei.token(), Map.of("proof", Map.of("password", password)))
                .body()
                .at("/publicKey/challenge")
                .asString();
        refusedFor(withKey(kei, key.show(forProof)), "unknown");

        String late = challenge(byPassword(kei));
        identity.sql()
                .sql("update passkey_challenge set made_at = made_at - interval '6 minutes'")
                .update();
        refusedFor(withKey(kei, key.show(late)), "five minutes");
    }

    @Test
    void somebodyElsesKeyAndAForgedSignatureAreRefused() {
        SoftKey keis = own(kei, "Phone");
        Person ren = person("ren");
        SoftKey rens = own(ren, "Stick");
        refusedFor(withKey(kei, rens.show(challenge(byPassword(kei)))), "no passkey of this account");

        Map<String, Object> answer = new HashMap<>(keis.show(challenge(byPassword(kei))));
        Map<String, Object> response = new HashMap<>();
        ((Map<?, ?>) answer.get("response")).forEach((name, value) -> response.put(String.valueOf(name), value));
        response.put("signature", ((Map<?, ?>) new SoftKey().show("x").get("response")).get("signature"));
        answer.put("response", response);
        refusedFor(withKey(kei, answer), "signature");
        assertThat(identity.send(
                                "POST",
                                V3 + "/auth/tokens",
                                null,
                                Map.of(
                                        "auth",
                                        Map.of(
                                                "identity",
                                                Map.of(
                                                        "methods",
                                                        List.of("passkey"),
                                                        "passkey",
                                                        Map.of("credential", answer)))))
                        .status())
                .as("nor is a passkey alone a log-in")
                .isEqualTo(401);

        JsonNode options = begin(ren, proof(ren, rens));
        assertThat(register(
                                ren,
                                "Phone too",
                                keis.make(options.path("challenge").asString()))
                        .body()
                        .at("/error/message")
                        .asString())
                .contains("registered already");
    }

    @Test
    void aStolenTokenAddsNoFactorAndTakesNoneAway() {
        assertThat(identity.send("POST", PASSKEYS, kei.token(), Map.of("proof", Map.of("password", "a guess")))
                        .status())
                .isEqualTo(400);
        assertThat(register(kei, "Thief", new SoftKey().make(SoftKey.text(new byte[32])))
                        .header("X-Unkai-Refusal"))
                .isEqualTo("WrongPasskey");
        String seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        Answer kept = identity.send(
                "POST",
                V3 + "/credentials",
                kei.token(),
                Map.of("credential", Map.of("user_id", kei.id(), "type", "totp", "blob", seed)));
        assertThat(kept.status()).isEqualTo(403);
        assertThat(kept.body().at("/error/message").asString()).contains("with your password");
        String other = identity.send(
                        "POST",
                        V3 + "/credentials",
                        kei.token(),
                        Map.of("credential", Map.of("user_id", kei.id(), "type", "cert", "blob", seed)))
                .body()
                .at("/credential/id")
                .asString();
        assertThat(identity.send(
                                "PATCH",
                                V3 + "/credentials/" + other,
                                kei.token(),
                                Map.of("credential", Map.of("type", "totp")))
                        .status())
                .as("nor by way of another type")
                .isEqualTo(400);
        assertThat(byPassword(kei).status()).as("the owner gets in as before").isEqualTo(201);
        assertThat(identity.events().stream()
                        .filter(event -> event.at("/initiator/id").asString().equals(kei.id()))
                        .filter(event -> event.path("outcome").asString().equals("failure")))
                .as("each attempt is recorded")
                .hasSizeGreaterThanOrEqualTo(3);

        SoftKey key = own(kei, "Phone");
        String id = identity.id("select id from passkey where account_id = ?", kei.id());
        for (Map<String, Object> weak : List.<Map<String, Object>>of(
                Map.of("password", password),
                Map.of("password", "a guess", "code", "123456"),
                Map.of("password", password, "code", "123456"))) {
            assertThat(identity.send("POST", PASSKEYS + "/" + id + "/removal", kei.token(), Map.of("proof", weak))
                            .status())
                    .as("%s", weak.keySet())
                    .isEqualTo(400);
            assertThat(identity.send("POST", PASSKEYS, kei.token(), Map.of("proof", weak))
                            .status())
                    .as("nor is another one added without the first")
                    .isEqualTo(400);
        }
        assertThat(identity.send(
                                "POST", PASSKEYS + "/" + id + "/removal", kei.token(), Map.of("proof", proof(kei, key)))
                        .status())
                .isEqualTo(204);
        assertThat(byPassword(kei).status()).isEqualTo(201);
        assertThat(identity.id("select count(*)::text from recovery_code where account_id = ?", kei.id()))
                .as("recovery codes go with the last factor")
                .isEqualTo("0");
    }

    @Test
    void severalStandBesideCodesAndEachSuffices() {
        SoftKey key = own(kei, "Phone");
        JsonNode options = begin(kei, proof(kei, key));
        assertThat(options.at("/excludeCredentials/0/id").asString()).isEqualTo(key.id());
        SoftKey second = new SoftKey();
        assertThat(register(kei, "Phone", second.make(options.path("challenge").asString()))
                        .status())
                .as("the name is taken")
                .isEqualTo(409);
        options = begin(kei, proof(kei, key));
        Answer made =
                register(kei, "Stick", second.make(options.path("challenge").asString()));
        assertThat(made.body().path("recoveryCodes").size())
                .as("those of before are good still")
                .isZero();
        String id = made.body().at("/passkey/id").asString();
        Map<String, Object> called = Map.of("passkey", Map.of("name", "Desk"));
        assertThat(identity.send("PUT", PASSKEYS + "/" + id, kei.token(), called)
                        .status())
                .isEqualTo(204);
        assertThat(identity.send("PUT", PASSKEYS + "/" + id, alpha.readerToken(), called)
                        .status())
                .isEqualTo(404);

        Authenticator app =
                new Authenticator(identity.send("POST", FACTOR, kei.token(), Map.of("proof", proof(kei, second)))
                        .body()
                        .path("secret")
                        .asString());
        assertThat(identity.send("PUT", FACTOR, kei.token(), Map.of("proof", Map.of("code", app.code(0))))
                        .status())
                .isEqualTo(200);
        assertThat(byPassword(kei).body().path("required_auth_methods").toString())
                .isEqualTo("[[\"password\",\"totp\"],[\"password\",\"passkey\"]]");
        identity.send(
                "PATCH",
                V3 + "/users/" + kei.id(),
                alpha.masterToken(),
                Map.of(
                        "user",
                        Map.of("options", Map.of("multi_factor_auth_rules", List.of(List.of("password", "totp"))))));
        assertThat(withKey(kei, second.show(challenge(byPassword(kei)))).status())
                .as("a rule for codes is met by a passkey")
                .isEqualTo(201);
        assertThat(withCode(kei, app.code(1)).status()).isEqualTo(201);

        String lost = "/identity/service/v1/users/" + kei.id() + "/second-factor";
        assertThat(identity.delete(lost, alpha.readerToken()).status()).isEqualTo(403);
        assertThat(identity.delete(lost, identity.token("beta", "master")).status())
                .isEqualTo(404);
        assertThat(identity.delete(lost, alpha.masterToken()).status())
                .as("a master of the contract helps after a loss")
                .isEqualTo(204);
        assertThat(identity.id("select count(*)::text from passkey where account_id = ?", kei.id()))
                .isEqualTo("0");
    }

    private Person person(String called) {
        String name = called + "-" + Long.toString(System.nanoTime(), 36);
        String id = identity.send(
                        "POST",
                        V3 + "/users",
                        alpha.masterToken(),
                        Map.of(
                                "user",
                                Map.of("name", name, "password", password, "default_project_id", alpha.project())))
                .body()
                .at("/user/id")
                .asString();
        String member = identity.id("select id from role where name = 'member' and domain_id is null");
        identity.send(
                "PUT",
                V3 + "/projects/" + alpha.project() + "/users/" + id + "/roles/" + member,
                alpha.masterToken(),
                null);
        return new Person(name, id, identity.token(RunningIdentity.login("alpha", name, password, null)));
    }

    /** A key that is registered. */
    private SoftKey own(Person owner, String name) {
        SoftKey key = new SoftKey();
        JsonNode options = begin(owner, Map.of("password", password));
        Answer made = register(owner, name, key.make(options.path("challenge").asString()));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(200);
        return key;
    }

    private JsonNode begin(Person owner, Map<String, Object> proof) {
        return identity.send("POST", PASSKEYS, owner.token(), Map.of("proof", proof))
                .body()
                .path("publicKey");
    }

    private Answer register(Person owner, String name, Map<String, Object> credential) {
        return identity.send(
                "PUT", PASSKEYS, owner.token(), Map.of("passkey", Map.of("name", name, "credential", credential)));
    }

    /** Password and key, as they are asked for before a change. */
    private Map<String, Object> proof(Person owner, SoftKey key) {
        Map<String, Object> asked = Map.of("proof", Map.of("password", password));
        JsonNode options = identity.send("POST", PASSKEYS + "/challenge", owner.token(), asked)
                .body();
        return Map.of(
                "password",
                password,
                "passkey",
                key.show(options.at("/publicKey/challenge").asString()));
    }

    private Answer byPassword(Person who) {
        return identity.send(
                "POST", V3 + "/auth/tokens", null, RunningIdentity.login("alpha", who.name(), password, null));
    }

    private Answer withCode(Person who, String code) {
        return identity.send(
                "POST", V3 + "/auth/tokens", null, Authenticator.login("alpha", who.name(), password, code, null));
    }

    private static String challenge(Answer refused) {
        return refused.body().at("/passkey/challenge").asString();
    }

    private Answer withKey(Person who, Map<String, Object> credential) {
        Map<String, Object> byPassword =
                Map.of("user", Map.of("name", who.name(), "domain", Map.of("name", "alpha"), "password", password));
        return identity.send(
                "POST",
                V3 + "/auth/tokens",
                null,
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("password", "passkey"),
                                        "password",
                                        byPassword,
                                        "passkey",
                                        Map.of("credential", credential)))));
    }

    private Answer exchange(String parent) {
        return identity.send(
                "POST",
                V3 + "/auth/tokens",
                null,
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of("methods", List.of("token"), "token", Map.of("id", parent)),
                                "scope",
                                Map.of("project", Map.of("id", alpha.project())))));
    }

    private void refusedFor(Answer refused, String reason) {
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(401);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("SecondFactorPasskeyWrong");
        assertThat(refused.body().at("/error/message").asString()).contains(reason);
        assertThat(identity.events().getLast().path("reason").toString())
                .contains("passkey refused")
                .contains(reason);
        // Guesses pause the log-in after a while, and these are many.
        identity.sql().sql("delete from login_failure").update();
    }

    private List<String> actions(String type) {
        return identity.events().stream()
                .filter(event -> event.at("/target/typeURI").asString().equals(type))
                .map(event -> event.path("action").asString())
                .toList();
    }
}
