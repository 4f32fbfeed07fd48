package dev.unkai.identity.auth;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.api.Texts;
import dev.unkai.identity.auth.LoginRequest.ByCredential;
import dev.unkai.identity.auth.LoginRequest.ByProvider;
import dev.unkai.identity.auth.LoginRequest.ByToken;
import dev.unkai.identity.auth.LoginRequest.Named;
import dev.unkai.identity.credential.ApplicationCredential;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.event.CadfEvent.Target;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the history says of log-ins: who, from where, how, and whether it was granted. Never the proof itself. */
@Component
final class LoginEvents {
    private static final String ACTION = "authenticate";
    private static final String GOING_ON = "authenticate/renew";
    private static final String ACCOUNT = "service/security/account/user";

    private final Clock clock;

    LoginEvents(Clock clock) {
        this.clock = clock;
    }

    /** @param facts that say more of how it was done */
    void granted(Db db, TokenClaims claims, Map<String, String> facts, Requester from) {
        Caller caller = new Caller(claims, from.address(), from.agent(), from.requestId());
        Target target = new Target(claims.userId(), ACCOUNT, claims.userName(), claims.projectId());
        // The console goes on with its session now and then: that is no log-in, and does not stand among them.
        boolean goesOn = from.console() != null && claims.methods().contains("token");
        db.record(CadfEvent.by(caller, goesOn ? GOING_ON : ACTION, target, clock.instant())
                .with(Map.of("methods", String.join(",", claims.methods())))
                .with(facts));
    }

    /** A tunnel was granted: a log-in like any other, with what it gave. */
    void tunnelGranted(Db db, Account account, List<String> methods, Map<String, String> facts, Requester from) {
        CadfEvent.Initiator who = new CadfEvent.Initiator(
                account.id(),
                ACCOUNT,
                account.name(),
                null,
                account.domainId(),
                new CadfEvent.Host(from.address(), from.agent()));
        Target target = new Target(account.id(), ACCOUNT, account.name(), projectOf(db, account));
        db.record(CadfEvent.by(who, ACTION, target, clock.instant(), from.requestId())
                .with(Map.of("methods", String.join(",", methods)))
                .with(facts));
    }

    /** @param account the account that was meant, where there is such a one: its customer shall see the attempt */
    void refused(Db db, LoginRequest.Proof proof, Optional<Account> account, String why, Requester from) {
        String claimed = claimedName(proof);
        Target target = new Target(
                account.map(Account::id).orElse("unknown"),
                ACCOUNT,
                account.map(Account::name).orElse(claimed),
                account.map(known -> projectOf(db, known)).orElse(projectOf(proof)));
        db.record(CadfEvent.byUnknown(
                        claimed, from.address(), from.agent(), ACTION, target, clock.instant(), from.requestId())
                .failed("401", why)
                .with(
                        proof instanceof ByProvider provider
                                ? Map.of("method", proof.method(), "provider", provider.provider())
                                : Map.of("method", proof.method())));
    }

    /** Its owner shall notice: the device may be lost, or the paper with the codes found by somebody. */
    void recoveryCodeUsed(Db db, Account account, Requester from) {
        Target target = new Target(account.id(), ACCOUNT, account.name(), projectOf(db, account));
        db.record(CadfEvent.byUnknown(
                account.name(),
                from.address(),
                from.agent(),
                "use-recovery-code",
                target,
                clock.instant(),
                from.requestId()));
    }

    static @Nullable String projectOf(Db db, Account account) {
        return account.defaultProjectId() != null
                ? account.defaultProjectId()
                : db.sql("select min(project_id) from assignment where account_id = ?")
                        .param(account.id())
                        .query((row, n) -> Optional.ofNullable(row.getString(1)))
                        .single()
                        .orElse(null);
    }

    /** A contract sees what was tried at its provider, also where nobody knows yet who it was. */
    private static @Nullable String projectOf(LoginRequest.Proof proof) {
        return proof instanceof ByProvider provider ? provider.project() : null;
    }

    private static String claimedName(LoginRequest.Proof proof) {
        return switch (proof) {
            case LoginRequest.ByAccount person -> name(person.account());
            case ByToken _, LoginRequest.BySignature _ -> "unknown";
            case ByProvider provider -> Texts.shown(provider.claimed());
            case ByCredential credential -> Texts.shown(first(credential.id(), credential.name()));
        };
    }

    private static String name(Named named) {
        return Texts.shown(first(named.name(), named.id()));
    }

    private static String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other != null ? other : "unknown";
    }

    /** The row that counts wrong log-ins: of the account if it exists, else of the name as it was given. */
    static String counter(Named named, Optional<Account> account) {
        return account.map(known -> "account:" + known.id()).orElseGet(() -> "unknown:" + digest(named.toString()));
    }

    static String counter(ByCredential proof, Optional<ApplicationCredential> credential) {
        return credential
                .map(known -> "credential:" + known.id())
                .orElseGet(() -> "unknown:" + digest(proof.toString() + proof.owner()));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }
}
