package dev.unkai.identity.auth;

import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.openapi.Shape;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.federation.ProviderLogOut;
import dev.unkai.identity.federation.ProviderLogOut.Leaving;
import dev.unkai.identity.session.Sessions;
import dev.unkai.wire.token.Caller;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The end of a session that began at a contract's identity provider; what cloud shows as {@code DELETE /service/v1/session}. */
@RestController
@RequestMapping("/identity/service/v1/sessions/{session}/log-out")
public final class LogOutController {
    private final Transactions transactions;
    private final Sessions sessions;
    private final ProviderLogOut provider;

    LogOutController(Transactions transactions, Sessions sessions, ProviderLogOut provider) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.provider = provider;
    }

    /**
     * That a session has ended.
     *
     * @param leave where the browser goes to be logged out at the contract's identity provider too; null: nowhere
     */
    @Shape(name = "Left")
    public record Left(@Nullable String leave) {}

    /** One's own, in which it is asked: {@code {"leave": …}} says where the browser goes to be logged out at the provider too, or is null. */
    @Allow(Allow.ANY_TOKEN)
    @PostMapping
    Left logOut(Caller caller, @PathVariable String session) {
        if (!session.equals(Sessions.current(caller))) {
            throw ApiErrors.absent("session", session);
        }
        sessions.end(caller, session);
        Optional<Leaving> leaving =
                transactions.<Optional<Leaving>>asCaller(caller, db -> provider.leaving(db, caller.user(), session));
        // The provider may be slow or gone: the session has ended by then.
        return new Left(leaving.flatMap(provider::address).map(URI::toString).orElse(null));
    }
}
