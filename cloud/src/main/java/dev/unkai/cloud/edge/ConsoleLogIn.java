package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.edge.SessionController.LogIn;
import dev.unkai.web.Peer;
import dev.unkai.web.SourceCheck;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks identity for a session's token by what a person typed, and says so that he can go on why there is none. */
final class ConsoleLogIn {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 255;

    /** Tells identity that a token is for the console: it ends with the idle limit. */
    static final String CONSOLE = "X-Unkai-Session";

    private final IdentityLink identity;

    ConsoleLogIn(IdentityLink identity) {
        this.identity = identity;
    }

    /** @param idleSeconds for how long the user has done nothing */
    HttpResponse<byte[]> tokens(Map<String, Object> body, int idleSeconds, HttpServletRequest request) {
        return identity.send(identity.request(request, "/identity/v3/auth/tokens?nocatalog")
                .header(CONSOLE, "console; idle=" + idleSeconds)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    /** Password alone, or with the code or the passkey's answer beside it. */
    static Map<String, Object> proof(LogIn form) {
        Map<String, Object> domain = Map.of("name", required(form.domain(), "the contract"));
        String user = required(form.user(), "the user name");
        String password = required(form.password(), "the password");
        Map<String, Object> byPassword = Map.of("user", Map.of("name", user, "domain", domain, "password", password));
        if (form.passkey() != null) {
            return Map.of(
                    "methods",
                    List.of("password", "passkey"),
                    "password",
                    byPassword,
                    "passkey",
                    Map.of("credential", form.passkey()));
        }
        if (form.code() == null || form.code().isBlank()) {
            return Map.of("methods", List.of("password"), "password", byPassword);
        }
        String code = required(form.code(), "the code");
        return Map.of(
                "methods",
                List.of("password", "totp"),
                "password",
                byPassword,
                "totp",
                Map.of("user", Map.of("name", user, "domain", domain, "passcode", code)));
    }

    /** A refusal about the second factor says which; of all others a stranger learns only that it did not work. */
    static RuntimeException refusal(HttpResponse<byte[]> answer, HttpServletRequest request) {
        if (answer.statusCode() == 429) {
            return new Refusal(
                    Refusal.Kind.TOO_MANY, "TooMany", "Too many attempts. Wait a few minutes and try again.");
        }
        if (IdentityAnswer.isPassing(answer)) {
            return IdentityAnswer.refusal(answer);
        }
        String code = IdentityAnswer.code(answer);
        if (code.equals("PasswordExpired")) {
            return new StepMissing(IdentityAnswer.refusal(answer), Map.of("link", IdentityAnswer.passwordLink(answer)));
        }
        if (!code.startsWith("SecondFactor") && !code.equals("IssuedPasswordExpired")) {
            return Refusal.unauthorized(wrong(request));
        }
        JsonNode passkey = IdentityAnswer.passkey(answer);
        Refusal refusal = IdentityAnswer.refusal(answer);
        return passkey.isEmpty()
                ? refusal
                : new StepMissing(refusal, Map.of("passkey", passkey, "codes", IdentityAnswer.takesCodes(answer)));
    }

    /** The same whatever is wrong, see identity's own answer; the address is the caller's own and no news to him. */
    private static String wrong(HttpServletRequest request) {
        String address = Peer.address(request);
        return SourceCheck.speaksJapanese(request)
                ? "契約名、ユーザー名、パスワードのいずれかが正しくないか、お使いのアドレス（" + address + "）からのログインが許可されていません。"
                        + "入力を確認し、正しい場合は契約のマスターユーザーかサービス提供者にお問い合わせください。"
                : "The contract, the user name or the password is not right, or log-in is not allowed from your address ("
                        + address
                        + "). Check them and try again; if they are right, ask your contract's master user or the"
                        + " provider.";
    }

    /** A contract's first project carries its name; the provider's own is "operator". */
    static String defaultProject(String domain) {
        return domain.equalsIgnoreCase("default") ? "operator" : domain;
    }

    static String required(@Nullable String value, String what) {
        if (value == null || value.isBlank() || value.length() > LONGEST) {
            throw Refusal.invalid("Enter " + what + " (1 to " + LONGEST + " characters).");
        }
        return value;
    }
}
