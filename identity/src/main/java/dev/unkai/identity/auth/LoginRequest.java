package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.identity.api.Body;
import dev.unkai.identity.api.Texts;
import dev.unkai.identity.factor.PasskeyAnswer;
import dev.unkai.identity.oauth.SignedRequest;
import dev.unkai.wire.token.TokenClaims;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a log-in says: a proof of who it is, and the scope that the token shall have. */
public record LoginRequest(Proof proof, Wish scope) {
    /** What the scope of a log-in may name, one at a time. */
    private static final String[] PLACES = {"project", "domain", "system", "unscoped", "OS-TRUST:trust"};

    private static final int LONGEST_ID = 64;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SECRET = 4_096;
    private static final int LONGEST_TOKEN = 8_192;

    /** Something named by its id, or by its name within a domain. */
    public record Named(
            @Nullable String id,
            @Nullable String name,
            @Nullable String domainId,
            @Nullable String domainName) {}

    /** How the client shows who it is. */
    public sealed interface Proof {
        String method();
    }

    /** A person's way: a password, and what stands beside it, at once or one after the other. */
    public sealed interface ByAccount extends Proof {
        Named account();

        /** What is shown beside the password now, or null. */
        @Nullable
        Beside second();

        /** What is shown now or was before, beside the second. */
        List<String> first();

        /** The names of the methods, as tokens and rules have them. */
        default List<String> methods() {
            String more = switch (second()) {
                case null -> null;
                case Passcode _ -> "totp";
                case ByPasskey _ -> "passkey";
            };
            return more == null
                    ? first()
                    : Stream.concat(first().stream(), Stream.of(more))
                            .distinct()
                            .toList();
        }

        @Override
        default String method() {
            return String.join(",", methods());
        }
    }

    public record ByPassword(
            Named account, String password, @Nullable Beside second) implements ByAccount {
        @Override
        public List<String> first() {
            return List.of("password");
        }

        @Override
        public String toString() {
            return "password of " + account;
        }
    }

    /** What lacked at a log-in before, with the receipt of that. */
    record ByReceipt(Receipt receipt, Beside second) implements ByAccount {
        @Override
        public Named account() {
            return new Named(receipt.accountId(), null, null, null);
        }

        @Override
        public List<String> first() {
            return receipt.methods();
        }
    }

    /** What may be shown beside the password. */
    public sealed interface Beside {}

    /** What a passkey of the account answered to the challenge that came with the refusal of the password alone. */
    public record ByPasskey(PasskeyAnswer answer) implements Beside {}

    /** A one-time code and whose it is said to be; a recovery code may stand in its place. */
    public record Passcode(Named account, String code) implements Beside {
        @Override
        public String toString() {
            return "code of " + account;
        }
    }

    /**
     * What another issuer has said. No client can send it: it is made where the issuer was asked.
     *
     * @param provider as the contract calls it
     * @param claimed the name or the subject that the issuer told, or "unknown"
     * @param project of the contract, whose history has it; or null
     */
    public record ByProvider(
            String provider, String claimed, @Nullable String project, List<String> methods) implements Proof {
        public ByProvider {
            methods = List.copyOf(methods);
        }

        @Override
        public String method() {
            return String.join(",", methods);
        }
    }

    public record ByToken(String token) implements Proof {
        @Override
        public String method() {
            return "token";
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    /** @param owner null when the credential is given by id */
    public record ByCredential(
            @Nullable String id,
            @Nullable String name,
            @Nullable Named owner,
            String secret) implements Proof {
        @Override
        public String method() {
            return "application_credential";
        }

        @Override
        public String toString() {
            return "application credential " + id + " " + name;
        }
    }

    /** A request signed by a program with what a user let it have. */
    record BySignature(SignedRequest request) implements Proof {
        @Override
        public String method() {
            return TokenClaims.OAUTH;
        }
    }

    /** Which scope the client wishes. */
    public sealed interface Wish {}

    /** Nothing said: the default project where there is one. */
    public record Default() implements Wish {}

    public record Unscoped() implements Wish {}

    public record OnProject(Named project) implements Wish {}

    public record OnDomain(@Nullable String id, @Nullable String name) implements Wish {}

    public record OnSystem() implements Wish {}

    /** What another account has trusted this one with. */
    public record OnTrust(String id) implements Wish {}

    /**
     * Reads {@code {"auth": …}}; throws a refusal naming the field that does not fit.
     *
     * @param receipt the header of a log-in that goes on where another lacked something, or null
     * @param signature reads the header of a signed request; asked when the client says that it signed
     */
    static LoginRequest of(@Nullable JsonNode whole, @Nullable String receipt, Supplier<SignedRequest> signature) {
        Body auth = Body.under(whole, "auth").only("identity", "scope");
        Body identity = auth.object("identity")
                .only("methods", "password", "totp", "passkey", "token", "application_credential", "oauth1");
        return new LoginRequest(proof(identity, receipt, signature), wish(auth));
    }

    private static Proof proof(Body identity, @Nullable String receipt, Supplier<SignedRequest> signature) {
        List<String> methods =
                identity.texts("methods", 8, 64).stream().distinct().toList();
        if (methods.isEmpty()) {
            throw Refusal.invalid("The field \"auth.identity.methods\" must name one method.");
        }
        boolean two = methods.size() == 2
                && methods.contains("password")
                && (methods.contains("totp") || methods.contains("passkey"));
        if (methods.size() > 1 && !two) {
            throw Refusal.invalid("Log in with one method at a time; beside password, totp or passkey may stand.");
        }
        if (receipt != null && (methods.equals(List.of("totp")) || methods.equals(List.of("passkey")))) {
            return new ByReceipt(Receipt.read(receipt).orElseThrow(LoginRequest::noReceipt), beside(identity, methods));
        }
        return switch (two ? "password" : methods.getFirst()) {
            case "password" -> {
                Body user = identity.object("password").object("user").only("id", "name", "domain", "password");
                yield new ByPassword(
                        named(user, "user"), secret(user, "password"), two ? beside(identity, methods) : null);
            }
            case "passkey" ->
                throw Refusal.unauthorized(
                        "A passkey alone does not suffice. Log in with the methods password and passkey together.");
            case "totp" ->
                // Six digits alone are no log-in here.
                throw Refusal.unauthorized(
                        "A code alone does not suffice. Log in with the methods password and totp" + " together.");
            case "token" -> new ByToken(identity.object("token").only("id").text("id", LONGEST_TOKEN));
            case TokenClaims.OAUTH -> new BySignature(signature.get());
            case "application_credential" -> credential(identity.object("application_credential"));
            default -> {
                if (!identity.has(methods.getFirst())) {
                    throw Refusal.invalid("Expecting to find " + Texts.shown(methods.getFirst()) + " in identity.");
                }
                throw Refusal.unauthorized(
                        "Attempted to authenticate with an unsupported method. Use password, password with totp,"
                                + " token, application_credential or oauth1.");
            }
        };
    }

    /** Whatever is wrong with it. */
    static Refusal noReceipt() {
        return Refusal.unauthorized(
                "Could not find auth receipt: it is not valid any more, or it was changed. Begin the"
                        + " log-in again with the password.");
    }

    private static Beside beside(Body identity, List<String> methods) {
        return methods.contains("totp")
                ? passcode(identity)
                : new ByPasskey(PasskeyAnswer.read(
                        identity.object("passkey").only("credential").object("credential")));
    }

    private static Passcode passcode(Body identity) {
        Body user = identity.object("totp").object("user").only("id", "name", "domain", "passcode");
        return new Passcode(named(user, "user"), secret(user, "passcode"));
    }

    private static Proof credential(Body credential) {
        credential.only("id", "name", "secret", "user");
        String id = credential.optionalText("id", LONGEST_ID);
        if (id != null) {
            return new ByCredential(id, null, null, secret(credential, "secret"));
        }
        Body user = credential.object("user").only("id", "name", "domain");
        return new ByCredential(
                null, credential.text("name", LONGEST_NAME), named(user, "user"), secret(credential, "secret"));
    }

    private static String secret(Body body, String field) {
        String secret = body.optionalText(field, LONGEST_SECRET);
        if (secret == null) {
            throw Refusal.invalid("The field \"" + field + "\" is missing.");
        }
        return secret;
    }

    private static Named named(Body body, String what) {
        String id = body.optionalText("id", LONGEST_ID);
        if (id != null) {
            return new Named(id, null, null, null);
        }
        if (!body.has("name")) {
            throw Refusal.invalid("Name the " + what + " by its id, or by its name and domain.");
        }
        String name = body.text("name", LONGEST_NAME);
        Body domain = body.optionalObject("domain")
                .orElseThrow(() -> Refusal.invalid("Expecting to find domain in " + what + "."))
                .only("id", "name");
        String domainId = domain.optionalText("id", LONGEST_ID);
        String domainName = domainId == null ? domain.text("name", LONGEST_NAME) : null;
        return new Named(null, name, domainId, domainName);
    }

    private static Wish wish(Body auth) {
        if (auth.isText("scope")) {
            if ("unscoped".equals(auth.optionalText("scope", 64))) {
                return new Unscoped();
            }
            throw Refusal.invalid("The field \"auth.scope\" must be an object or \"unscoped\".");
        }
        Optional<Body> given = auth.optionalObject("scope");
        if (given.isEmpty()) {
            return new Default();
        }
        Body scope = given.get().only(PLACES);
        if (Arrays.stream(PLACES).filter(scope::has).count() > 1) {
            throw Refusal.invalid(
                    "Expecting to find one of project, domain, system, unscoped and OS-TRUST:trust in scope,"
                            + " not several.");
        }
        if (scope.has("OS-TRUST:trust")) {
            return new OnTrust(scope.object("OS-TRUST:trust").only("id").text("id", LONGEST_ID));
        }
        if (scope.has("project")) {
            return new OnProject(named(scope.object("project").only("id", "name", "domain"), "project"));
        }
        if (scope.has("domain")) {
            Body domain = scope.object("domain").only("id", "name");
            String id = domain.optionalText("id", LONGEST_ID);
            return new OnDomain(id, id == null ? domain.text("name", LONGEST_NAME) : null);
        }
        if (scope.has("system")) {
            if (!scope.object("system").only("all").flag("all", false)) {
                throw Refusal.invalid("The system scope is {\"all\": true}.");
            }
            return new OnSystem();
        }
        if (scope.has("unscoped")) {
            return new Unscoped();
        }
        return new Default();
    }
}
