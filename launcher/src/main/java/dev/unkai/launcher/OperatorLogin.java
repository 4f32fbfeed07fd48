package dev.unkai.launcher;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Logs the operator of a data directory in, with the password that was made for the account. Where it has a second factor, the code is asked for: the first log-in
 * ends with a receipt that the second one goes on from (Identity v3 API, "Multi-Factor Authentication").
 */
final class OperatorLogin {
    private static final String TOKENS = "/identity/v3/auth/tokens";
    private static final String RECEIPT = "Openstack-Auth-Receipt";
    /** A code may end while it is typed. */
    private static final int TRIES = 3;

    private final CloudClient cloud;
    private final CodePrompt prompt;

    OperatorLogin(CloudClient cloud, CodePrompt prompt) {
        this.cloud = cloud;
        this.prompt = prompt;
    }

    /** A token for the operator's project. Throws a Problem that says why there is none. */
    String token(Person operator) {
        CloudClient.Answer first = logIn(operator, "password", "password", operator.password(), Map.of());
        Optional<String> receipt = first.header(RECEIPT);
        if (first.status() != 401 || receipt.isEmpty() || !takesCode(first.body())) {
            first.expect("token.login");
            return first.token();
        }
        CloudClient.Answer last = first;
        for (int number = 0; number < TRIES; number++) {
            Optional<String> code = prompt.code();
            if (code.isEmpty()) {
                break;
            }
            last = logIn(operator, "totp", "passcode", code.get(), Map.of(RECEIPT, receipt.get()));
            if (last.status() != 401) {
                last.expect("token.login");
                return last.token();
            }
        }
        last.expect(last == first ? "token.code.absent" : "token.code.wrong");
        throw new IllegalStateException("A refusal passed for a success");
    }

    private static boolean takesCode(JsonNode refusal) {
        return refusal.path("required_auth_methods")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .anyMatch(method -> method.asString("").equals("totp"));
    }

    private CloudClient.Answer logIn(
            Person operator, String method, String field, String secret, Map<String, String> headers) {
        Map<String, Object> domain = Map.of("name", operator.domain());
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("name", operator.user());
        user.put("domain", domain);
        user.put(field, secret);
        Map<String, Object> identity = Map.of("methods", new String[] {method}, method, Map.of("user", user));
        Map<String, Object> scope = Map.of("project", Map.of("name", operator.project(), "domain", domain));
        return cloud.post(TOKENS, Map.of("auth", Map.of("identity", identity, "scope", scope)), headers);
    }
}
