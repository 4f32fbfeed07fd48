package dev.unkai.identity;

import static dev.unkai.identity.Contract.OFFICE;
import static dev.unkai.identity.Contract.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.identity.RunningIdentity.Answer;
import dev.unkai.wire.token.TokenClaims;
import dev.unkai.wire.token.TokenVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a session of the console one shows again who one is, before what the policy asks a fresh proof for. */
class SessionProofTest {
    private static final String CONSOLE = "console; idle=0";
    private static final String PROOF = "/identity/service/v1/session/proof";
    private static final String RULES = "/identity/service/v1/source-rules";
    private static final String PASSKEYS = "/identity/service/v1/account/passkeys";
    private static final String FACTOR = "/identity/service/v1/account/second-factor";
    private static final String PASSWORD = "master rows home over a quiet lake";
    private static final Map<String, Object> NO_RULES = Map.of("rules", List.of());

    private final RunningIdentity identity = RunningIdentity.shared();
    private Contract contract;

    @BeforeEach
    void contract() {
        contract = new Contract(identity);
    }

    @Test
    void theLogInIsTheFirstProofAndAnExchangeMakesItNoFresher() {
        String opened = opened();
        Instant proved = claims(opened).provedAt();
        assertThat(proved)
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(1));
        String old = AgedProof.of(identity, opened);

        String renewed = token(contract.from(OFFICE, "POST", TOKENS, null, contract.exchange(old), CONSOLE));
        assertThat(claims(renewed).provedAt()).isEqualTo(claims(old).provedAt());
        // Nor does one that does not look like the console's.
        String plain = token(contract.from(OFFICE, "POST", TOKENS, null, contract.exchange(old)));
        assertThat(claims(plain).provedAt()).isEqualTo(claims(old).provedAt());
        assertThat(change(plain).status()).isEqualTo(403);
        assertThat(claims(contract.token(OFFICE, "master")).provedAt()).isNull();
    }

    @Test
    void theRightPasswordMakesAFreshTokenAndLeavesTheOldOneAsItIs() {
        String old = AgedProof.of(identity, opened());
        Answer refused = change(old);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("X-Unkai-Refusal")).isEqualTo("ProofTooOld");

        Answer wrong = prove(old, Map.of("password", "not the password at all"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.header("X-Unkai-Refusal")).isEqualTo("WrongPassword");
        String fresh = token(prove(old, Map.of("password", PASSWORD)));

        assertThat(claims(fresh).auditIds().getLast())
                .isEqualTo(claims(old).auditIds().getLast());
        assertThat(claims(fresh).roles()).containsExactlyElementsOf(claims(old).roles());
        assertThat(change(fresh).status()).isEqualTo(200);
        assertThat(change(old).status()).isEqualTo(403);
        assertThat(identity.events().stream()
                        .filter(event -> event.at("/initiator/id").asString().equals(contract.master))
                        .map(event -> event.at("/outcome").asString() + " "
                                + event.at("/reason/reasonType").asString()))
                .anyMatch(text -> text.contains("the proof of who it is was too old"))
                .anyMatch(text -> text.startsWith("failure") && text.contains("password is not right"));
    }

    @Test
    void everythingThatThePolicyNamesAsksForIt() {
        String old = AgedProof.of(identity, opened());
        Map<String, String> acts = Map.of(
                "/identity/service/v1/sessions",
                "DELETE",
                "/identity/v3/users/" + contract.worker,
                "PATCH",
                "/identity/v3/users/" + contract.master + "/application_credentials",
                "POST",
                "/identity/v3/users/" + contract.master + "/credentials/OS-EC2",
                "POST",
                "/identity/v3/credentials",
                "POST");
        acts.forEach((path, method) -> {
            Answer answer = contract.from(OFFICE, method, path, old, method.equals("DELETE") ? null : Map.of());
            assertThat(answer.header("X-Unkai-Refusal")).as(path).isEqualTo("ProofTooOld");
        });
    }

    @Test
    void aCodeIsAProofOnceAndNotAfterGuessing() {
        String opened = opened();
        Answer seed = contract.from(OFFICE, "POST", FACTOR, opened, Map.of("proof", Map.of("password", PASSWORD)));
        Authenticator app = new Authenticator(seed.body().at("/secret").asString());
        assertThat(contract.from(OFFICE, "PUT", FACTOR, opened, Map.of("proof", Map.of("code", app.code(-1))))
                        .status())
                .isEqualTo(200);
        Answer again = contract.from(
                OFFICE,
                "POST",
                TOKENS,
                null,
                Authenticator.login(
                        contract.name,
                        "master",
                        PASSWORD,
                        app.code(0),
                        Map.of("project", Map.of("id", contract.project))),
                CONSOLE);
        String old = AgedProof.of(identity, token(again));
        String code = app.code(1);

        assertThat(claims(token(prove(old, Map.of("code", code)))).provedAt())
                .isAfter(claims(old).provedAt());
        Answer twice = prove(old, Map.of("code", code));
        assertThat(twice.header("X-Unkai-Refusal")).isEqualTo("WrongCode");
        for (int guess = 0; guess < 12; guess++) {
            prove(old, Map.of("code", "%06d".formatted(guess)));
        }
        assertThat(prove(old, Map.of("password", PASSWORD)).header("X-Unkai-Refusal"))
                .isEqualTo("WrongPassword");
    }

    @Test
    void aPasskeyAloneIsAProofAndOnlyWhenItsOwnerWasVerified() {
        SoftKey key = new SoftKey();
        String old = AgedProof.of(identity, withPasskey(key));
        assertThat(change(old).header("X-Unkai-Refusal")).isEqualTo("ProofTooOld");

        Map<String, Object> answer = key.show(challenge(old));
        String fresh = token(prove(old, Map.of("passkey", answer)));
        assertThat(claims(fresh).provedAt()).isAfter(claims(old).provedAt());
        assertThat(change(fresh).status()).isEqualTo(200);
        assertThat(change(old).status())
                .as("a copied cookie from before gains nothing")
                .isEqualTo(403);

        notTaken(prove(old, Map.of("passkey", answer)), "answered before");
        key.isNotVerified();
        notTaken(prove(old, Map.of("passkey", key.show(challenge(old)))), "not verified");
        key.flags = 5;
        String beside = contract.from(
                        OFFICE, "POST", PASSKEYS + "/challenge", old, Map.of("proof", Map.of("password", PASSWORD)))
                .body()
                .at("/publicKey/challenge")
                .asString();
        notTaken(prove(old, Map.of("passkey", key.show(beside))), "unknown");
        notTaken(prove(old, Map.of("passkey", new SoftKey().show(challenge(old)))), "no passkey of this account");
        String workers = token(contract.from(OFFICE, "POST", TOKENS, null, contract.login("worker"), CONSOLE));
        assertThat(contract.from(OFFICE, "POST", PROOF + "/challenge", workers, null)
                        .status())
                .as("who has no passkey is told so")
                .isEqualTo(409);
        notTaken(prove(workers, Map.of("passkey", key.show(challenge(old)))), "unknown");
    }

    @Test
    void wrongPasskeysCountAsGuessing() {
        SoftKey key = new SoftKey();
        String old = AgedProof.of(identity, withPasskey(key));
        SoftKey stranger = new SoftKey();
        for (int guess = 0; guess < 12; guess++) {
            prove(old, Map.of("passkey", stranger.show(challenge(old))));
        }
        notTaken(prove(old, Map.of("passkey", key.show(challenge(old)))), "too often");
    }

    /** A session of somebody whose passkey this becomes. */
    private String withPasskey(SoftKey key) {
        String opened = opened();
        String challenge = contract.from(
                        OFFICE, "POST", PASSKEYS, opened, Map.of("proof", Map.of("password", PASSWORD)))
                .body()
                .at("/publicKey/challenge")
                .asString();
        Map<String, Object> made = Map.of("passkey", Map.of("name", "Phone", "credential", key.make(challenge)));
        assertThat(contract.from(OFFICE, "PUT", PASSKEYS, opened, made).status())
                .isEqualTo(200);
        Answer asked = contract.logIn(OFFICE, "master");
        Map<String, Object> shown =
                key.show(asked.body().at("/passkey/challenge").asString());
        Map<String, Object> user =
                Map.of("name", "master", "domain", Map.of("name", contract.name), "password", PASSWORD);
        Map<String, Object> both = Map.of(
                "methods",
                List.of("password", "passkey"),
                "password",
                Map.of("user", user),
                "passkey",
                Map.of("credential", shown));
        Map<String, Object> scope = Map.of("project", Map.of("id", contract.project));
        return token(contract.from(
                OFFICE, "POST", TOKENS, null, Map.of("auth", Map.of("identity", both, "scope", scope)), CONSOLE));
    }

    private String challenge(String token) {
        Answer options = contract.from(OFFICE, "POST", PROOF + "/challenge", token, null);
        assertThat(options.status()).as(options.raw().body()).isEqualTo(200);
        assertThat(options.body().at("/publicKey/userVerification").asString()).isEqualTo("required");
        return options.body().at("/publicKey/challenge").asString();
    }

    private static void notTaken(Answer answer, String reason) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.header("X-Unkai-Refusal")).isEqualTo("WrongPasskey");
        assertThat(answer.raw().body()).contains(reason);
    }

    @Test
    void aProgramsTokenHasNothingToProve() {
        String token = contract.token(OFFICE, "master");

        assertThat(change(token).status()).isEqualTo(200);
        assertThat(prove(token, Map.of("password", PASSWORD)).status()).isEqualTo(403);
        assertThat(prove(opened(), Map.of("password", PASSWORD, "code", "1")).status())
                .isEqualTo(400);
        assertThat(prove(opened(), Map.of()).status()).isEqualTo(400);
    }

    private String opened() {
        return token(contract.from(OFFICE, "POST", TOKENS, null, contract.login("master"), CONSOLE));
    }

    private Answer prove(String token, Object proof) {
        return contract.from(OFFICE, "POST", PROOF, token, Map.of("proof", proof), CONSOLE);
    }

    private Answer change(String token) {
        return contract.from(OFFICE, "PUT", RULES, token, NO_RULES);
    }

    private static String token(Answer answer) {
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(201);
        return answer.header("X-Subject-Token");
    }

    private TokenClaims claims(String token) {
        return identity.context.getBean(TokenVerifier.class).verify(token).orElseThrow();
    }
}
