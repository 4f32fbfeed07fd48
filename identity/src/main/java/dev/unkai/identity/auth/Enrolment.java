package dev.unkai.identity.auth;

import dev.unkai.identity.account.Account;
import dev.unkai.identity.token.TokenIssuer.Grant;
import dev.unkai.identity.token.TokenIssuer.Target;
import dev.unkai.wire.token.AccessRule;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The token of who has to set up a second factor first. It has no scope, and is good for that and nothing else: else a password alone could make keys with it
 * (EC2-style credentials, trusts) that open what the password does not.
 */
final class Enrolment {
    private static final String SERVICE = "identity";
    private static final String ACCOUNT = "/service/v1/account";

    private static final List<AccessRule> RULES = Stream.of(
                    "GET " + ACCOUNT,
                    "GET " + ACCOUNT + "/second-factor",
                    "POST " + ACCOUNT + "/second-factor",
                    "PUT " + ACCOUNT + "/second-factor",
                    "POST " + ACCOUNT + "/passkeys",
                    "PUT " + ACCOUNT + "/passkeys",
                    "DELETE /v3/auth/tokens")
            .map(request -> request.split(" ", 2))
            .map(request -> new AccessRule(SERVICE, request[0], request[1]))
            .toList();

    private Enrolment() {}

    /** @param parent the token that it is exchanged for, or null after a log-in */
    static Grant grant(Account account, List<String> methods, @Nullable TokenClaims parent) {
        return new Grant(account, new Target.Unscoped(), List.of(), methods, parent, null, null, RULES, null);
    }
}
