package dev.unkai.identity.federation;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.IdentitySettings;
import dev.unkai.identity.access.Nobody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends browsers to issuers and takes what they bring back: the authorization code flow of OpenID Connect with PKCE, state and nonce. Who it is then,
 * and what he may do, {@link FederatedAccounts} says.
 */
@Component
public final class SignIns {
    /** Where issuers send browsers back to; a page of the console. */
    private static final String RETURN = "/sign-in/return";

    /** Where they send browsers whose users have logged out; the log-in page. */
    private static final String LEFT = "/";

    private static final String LINK = "/sign-in/";

    /** Somebody who is asked to show again who he is has done so since we asked, but for the clocks. */
    private static final Duration DRIFT = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final ProviderStore providers;
    private final SignInStore store;
    private final IssuerFacts issuers;
    private final CodeExchange exchange;
    private final String site;
    private final Clock clock;

    SignIns(
            Transactions transactions,
            ProviderStore providers,
            SignInStore store,
            IssuerFacts issuers,
            CodeExchange exchange,
            IdentitySettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.providers = providers;
        this.store = store;
        this.issuers = issuers;
        this.exchange = exchange;
        this.site = settings.publicUrl().toString();
        this.clock = clock;
    }

    /** A sign-in that waits, and the provider as it is now; that may be disabled since. */
    public record Taken(IdentityProvider provider, boolean fresh, SignInStore.Waiting waiting) {}

    /**
     * What an issuer has said of somebody.
     *
     * @param methods as tokens have them
     * @param shownAt when he showed the issuer who he is; long ago where it does not say
     */
    public record Said(IdToken token, List<String> methods, Instant shownAt) {
        public Said {
            methods = List.copyOf(methods);
        }
    }

    /** Where the people of a contract begin; who does not have it learns nothing. */
    String link(IdentityProvider provider) {
        return site + LINK + provider.entryKey();
    }

    /** What the issuer must know as this client's redirect URI. */
    String redirect() {
        return site + RETURN;
    }

    /** The same for who has logged out there. */
    String left() {
        return site + LEFT;
    }

    /** The provider of a sign-in link, if there is one that is open. */
    public Optional<IdentityProvider> byLink(Db db, String entryKey) {
        return providers.open(db, entryKey);
    }

    /** The provider, held; empty when it is not open any more. */
    public Optional<IdentityProvider> stillOpen(Db db, IdentityProvider provider) {
        return providers.held(db, provider.id()).filter(IdentityProvider::open);
    }

    /**
     * Where the browser is to be sent.
     *
     * @param browser a secret that only this browser has
     * @param fresh whether its user shall show again who he is, though the issuer may know him
     */
    public URI begin(IdentityProvider provider, String browser, boolean fresh) throws IssuerTrouble {
        IssuerFacts.Facts facts = issuers.of(provider.issuer());
        String state = Ids.secret(32);
        SignInStore.Waiting waiting = new SignInStore.Waiting(
                provider.id(),
                SignInStore.digest(browser),
                Ids.secret(16),
                Ids.secret(32),
                fresh,
                clock.instant(),
                null);
        transactions.doAsCaller(Nobody.YET, db -> {
            store.forgetOld(db, clock.instant());
            if (store.isFull(db, provider.id(), clock.instant())) {
                throw new Refusal(
                        Refusal.Kind.TOO_MANY,
                        "TooMany",
                        "Too many sign-ins through this provider have been begun. Wait a few minutes and try again.");
            }
            store.insert(db, state, waiting);
        });
        return URI.create(address(provider, facts, state, waiting));
    }

    private String address(
            IdentityProvider provider, IssuerFacts.Facts facts, String state, SignInStore.Waiting waiting) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", redirect());
        query.put("scope", provider.scopes());
        query.put("state", state);
        query.put("nonce", waiting.nonce());
        query.put("code_challenge", challenge(waiting.verifier()));
        query.put("code_challenge_method", "S256");
        if (waiting.fresh()) {
            query.put("prompt", "login");
            query.put("max_age", "0");
        }
        String endpoint = facts.authorization().toString();
        return endpoint + (facts.authorization().getRawQuery() == null ? "?" : "&") + IssuerLine.encoded(query);
    }

    /** RFC 7636, 4.2 */
    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of every Java platform", e);
        }
    }

    /**
     * The sign-in that the state names, which is used up by it; empty when there is none, it lapsed, was used before, or another browser began it.
     */
    public Optional<Taken> take(Db db, String state, String browser) {
        return store.take(db, state)
                .filter(waiting ->
                        waiting.proved() == null && waiting.isOf(browser) && !waiting.isOver(clock.instant()))
                .flatMap(waiting -> providers
                        .byId(db, waiting.providerId())
                        .map(provider -> new Taken(provider, waiting.fresh(), waiting)));
    }

    /** Asks the issuer who it is. Not in a transaction. */
    public Said redeem(Taken taken, Return back) throws IssuerTrouble {
        IdentityProvider provider = taken.provider();
        String secret = transactions.asCaller(Nobody.YET, db -> providers.secret(db, provider.id()));
        IdToken token = exchange.redeem(provider, secret, taken.waiting(), back, redirect());
        Instant now = clock.instant();
        Instant shownAt = token.shownAt().orElse(Instant.EPOCH);
        if (taken.fresh() && shownAt.isBefore(taken.waiting().madeAt().minus(DRIFT))) {
            throw IssuerTrouble.notBelieved("it did not have its user show again who he is (auth_time)");
        }
        boolean second = token.ways().stream().anyMatch(provider.secondFactor()::contains);
        return new Said(
                token,
                second ? List.of(Methods.PROVIDER, Methods.PROVIDERS_SECOND) : List.of(Methods.PROVIDER),
                shownAt.isAfter(now) ? now : shownAt);
    }

    /** Keeps the sign-in until the local second factor is shown. */
    public void awaitSecond(Db db, String state, Taken taken, String accountId, Said said) {
        SignInStore.Waiting before = taken.waiting();
        store.insert(
                db,
                state,
                new SignInStore.Waiting(
                        before.providerId(),
                        before.browser(),
                        before.nonce(),
                        before.verifier(),
                        before.fresh(),
                        before.madeAt(),
                        new SignInStore.Proved(accountId, said.methods(), said.shownAt())));
    }

    /** A sign-in that waits for the local second factor. */
    public record AwaitingSecond(IdentityProvider provider, String accountId, List<String> methods, Instant shownAt) {
        public AwaitingSecond {
            methods = List.copyOf(methods);
        }
    }

    /** Held until the transaction ends; empty when there is none, it lapsed, or another browser began it. */
    public Optional<AwaitingSecond> awaitingSecond(Db db, String state, String browser) {
        SignInStore.Waiting waiting = store.forChange(db, state)
                .filter(found -> found.isOf(browser) && !found.isOver(clock.instant()))
                .orElse(null);
        SignInStore.@Nullable Proved proved = waiting == null ? null : waiting.proved();
        if (waiting == null || proved == null) {
            return Optional.empty();
        }
        return providers
                .held(db, waiting.providerId())
                .filter(IdentityProvider::open)
                .map(provider -> new AwaitingSecond(provider, proved.accountId(), proved.methods(), proved.shownAt()));
    }

    /** It is complete. */
    public void done(Db db, String state) {
        store.take(db, state);
    }
}
