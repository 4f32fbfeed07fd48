package dev.unkai.identity.factor;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.factor.PasskeyCeremonies.NewKey;
import dev.unkai.identity.factor.PasskeyCeremonies.Refused;
import dev.unkai.identity.factor.PasskeyCeremonies.Use;
import dev.unkai.identity.factor.PasskeyChallenges.Purpose;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks passkeys and checks what they answer. All options are in the JSON forms of Web Authentication, 5.1.9 and 5.1.10. */
@Component
public final class PasskeyCheck {
    private static final String PRODUCT = "Unkai";

    private final PasskeyStore passkeys;
    private final PasskeyChallenges challenges;
    private final Clock clock;
    private final Optional<RelyingParty> site;
    private final Optional<PasskeyCeremonies> ceremonies;

    PasskeyCheck(PasskeyStore passkeys, PasskeyChallenges challenges, Clock clock, IdentitySettings settings) {
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.clock = clock;
        this.site = RelyingParty.of(settings.publicUrl());
        this.ceremonies = site.map(PasskeyCeremonies::new);
    }

    /** Where the site's passkeys can be used, if it has a name for them. */
    Optional<RelyingParty> site() {
        return site;
    }

    /** Options for {@code navigator.credentials.get} at the log-in; empty when the account has no passkey. */
    public Optional<Map<String, Object>> logInRequest(Db db, Account account) {
        return request(db, account, Purpose.LOG_IN);
    }

    /** Takes the answer of a log-in into account; why not, for the record, when it is not good. */
    public Optional<String> logInRefusal(Db db, Account account, PasskeyAnswer answer) {
        return refusal(db, account, answer, Purpose.LOG_IN);
    }

    /** Options for showing in a session who one is; empty when the account has no passkey. */
    public Optional<Map<String, Object>> sessionRequest(Db db, Account account) {
        return request(db, account, Purpose.SESSION);
    }

    /** Takes the answer to them; why not, for the record, when it is not good. */
    public Optional<String> sessionRefusal(Db db, Account account, PasskeyAnswer answer) {
        return refusal(db, account, answer, Purpose.SESSION);
    }

    Optional<Map<String, Object>> request(Db db, Account account, Purpose purpose) {
        List<Passkey> known = passkeys.list(db, account.id());
        if (known.isEmpty() || site.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("challenge", PasskeyCeremonies.text(challenges.make(db, account.id(), purpose)));
        options.put("timeout", PasskeyChallenges.LIFE.toMillis());
        options.put("rpId", site.get().id());
        options.put("allowCredentials", descriptors(known));
        options.put("userVerification", "required");
        return Optional.of(options);
    }

    Optional<String> refusal(Db db, Account account, PasskeyAnswer answer, Purpose purpose) {
        try {
            PasskeyCeremonies ceremonies = of(this.ceremonies);
            byte[] challenge = ceremonies.challenge(answer.clientData());
            if (!challenges.take(db, account.id(), purpose, challenge)) {
                throw new Refused("its challenge is unknown, was answered before, or is older than five minutes");
            }
            Passkey key = passkeys.signer(db, PasskeyCeremonies.bytes(answer.credentialId()))
                    .filter(known -> known.accountId().equals(account.id()))
                    .orElseThrow(() -> new Refused("no passkey of this account"));
            Use use = ceremonies.answer(answer, key, account.id(), challenge);
            passkeys.used(db, key.id(), use.signCount(), use.backedUp(), clock.instant());
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.reason());
        }
    }

    /** Options for {@code navigator.credentials.create}. */
    Map<String, Object> creation(Db db, Account account) {
        RelyingParty party = of(site);
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("rp", Map.of("id", party.id(), "name", PRODUCT));
        options.put(
                "user",
                Map.of(
                        "id", PasskeyCeremonies.handle(account.id()),
                        "name", account.name() + "@" + account.domainName(),
                        "displayName", account.name()));
        options.put("challenge", PasskeyCeremonies.text(challenges.make(db, account.id(), Purpose.REGISTRATION)));
        options.put(
                "pubKeyCredParams",
                PasskeyCeremonies.ALGORITHMS.stream()
                        .map(algorithm -> Map.of("type", "public-key", "alg", algorithm))
                        .toList());
        options.put("timeout", PasskeyChallenges.LIFE.toMillis());
        options.put("excludeCredentials", descriptors(passkeys.list(db, account.id())));
        // Kept in the authenticator where it can: the name is asked for all the same.
        options.put("authenticatorSelection", Map.of("residentKey", "preferred", "userVerification", "required"));
        options.put("attestation", "none");
        return options;
    }

    /** A new key, or why it is not taken. */
    NewKey registration(Db db, Account account, PasskeyAnswer.Made made) throws Refused {
        PasskeyCeremonies ceremonies = of(this.ceremonies);
        byte[] challenge = ceremonies.challenge(made.clientData());
        if (!challenges.take(db, account.id(), Purpose.REGISTRATION, challenge)) {
            throw new Refused("its challenge is unknown, was answered before, or is older than five minutes");
        }
        return ceremonies.registration(made, challenge);
    }

    private static <T> T of(Optional<T> named) {
        return named.orElseThrow(() -> new Refusal(
                Refusal.Kind.CONFLICT,
                "NoSiteName",
                "Passkeys need a host name, and this site is known by an IP address only. Use one-time codes, or ask the"
                        + " provider to give the site a name."));
    }

    private static List<Map<String, Object>> descriptors(List<Passkey> known) {
        return known.stream()
                .map(key -> Map.<String, Object>of(
                        "type", "public-key", "id", key.credentialId(), "transports", key.transports()))
                .toList();
    }
}
