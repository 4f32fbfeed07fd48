package dev.unkai.identity.federation;

import dev.unkai.base.data.Db;
import dev.unkai.identity.federation.SignIns.Said;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who logs out here is logged out at the contract's identity provider too, where it is registered so and has a place for it: his browser is sent there
 * (OpenID Connect RP-Initiated Logout 1.0) with what the provider said of him at the sign-in.
 */
@Component
public final class ProviderLogOut {
    private static final Logger log = LoggerFactory.getLogger(ProviderLogOut.class);
    /** Longer addresses are not taken everywhere; without the hint the provider asks its user. */
    private static final int LONGEST_HINT = 6_000;

    private final ProviderStore providers;
    private final IssuerFacts issuers;
    private final SignIns signIns;
    private final Clock clock;

    ProviderLogOut(ProviderStore providers, IssuerFacts issuers, SignIns signIns, Clock clock) {
        this.providers = providers;
        this.issuers = issuers;
        this.signIns = signIns;
        this.clock = clock;
    }

    /** Somebody who leaves. @param hint what the provider said of him, or null where that was not kept */
    public record Leaving(
            IdentityProvider provider, @Nullable String hint) {
        @Override
        public String toString() {
            return "leaving " + provider.name();
        }
    }

    /** Keeps what is needed at the end of the session, in the transaction that grants it. */
    public void began(Db db, IdentityProvider provider, Said said, String session) {
        String token = said.token().signed();
        if (provider.logOutThere() && token.length() <= LONGEST_HINT) {
            providers.keepSession(db, session, provider.id(), token, clock.instant());
        }
    }

    /** Who leaves whose session ends, if he is to be sent anywhere. */
    public Optional<Leaving> leaving(Db db, String accountId, String session) {
        @Nullable String hint = providers.takeSession(db, session).orElse(null);
        return providers
                .ofAccount(db, accountId)
                .filter(provider -> provider.open() && provider.logOutThere())
                .map(provider -> new Leaving(provider, hint));
    }

    /** Where the browser is sent; empty where the provider has no such place, or does not answer now: the session here has ended all the same. */
    public Optional<URI> address(Leaving leaving) {
        IdentityProvider provider = leaving.provider();
        try {
            URI there = issuers.of(provider.issuer()).endSession();
            if (there == null) {
                return Optional.empty();
            }
            Map<String, String> query = new LinkedHashMap<>();
            if (leaving.hint() != null) {
                query.put("id_token_hint", leaving.hint());
            }
            query.put("client_id", provider.clientId());
            query.put("post_logout_redirect_uri", signIns.left());
            return Optional.of(
                    URI.create(there + (there.getRawQuery() == null ? "?" : "&") + IssuerLine.encoded(query)));
        } catch (IssuerTrouble trouble) {
            log.warn("{} logs nobody out now: {}", provider.name(), trouble.reason());
            return Optional.empty();
        }
    }
}
