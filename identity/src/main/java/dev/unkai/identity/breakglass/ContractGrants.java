package dev.unkai.identity.breakglass;

import dev.unkai.base.data.Db;
import dev.unkai.identity.domain.Domain;
import dev.unkai.wire.token.BreakGlassWord;
import dev.unkai.wire.token.BreakGlassWord.Grant;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which of the grants that the cloud process tells of are somebody's for a contract at this moment. */
@Component
public final class ContractGrants {
    private final GrantsTold told;
    private final Clock clock;

    ContractGrants(GrantsTold told, Clock clock) {
        this.told = told;
        this.clock = clock;
    }

    /** Whether one of the provider's people does this alone in a contract where the site wants a second person to know of it. */
    public boolean actsAlone(Db db, Caller caller, String domain) {
        BreakGlassWord word = told.now();
        return isProviders(caller)
                && !domain.equals(Domain.DEFAULT_ID)
                && word.required()
                && running(db, caller, word, domain).isEmpty();
    }

    /** Somebody of the provider's, whatever his token is for. */
    public static boolean isProviders(Caller caller) {
        return caller.isAdmin() || Domain.DEFAULT_ID.equals(caller.token().userDomainId());
    }

    Optional<Grant> running(Db db, Caller caller, BreakGlassWord word, String domain) {
        return word.grants().stream()
                .filter(running -> running.person().equals(caller.user()))
                .filter(running -> running.endsAt().isAfter(clock.instant()))
                .filter(running -> domain.equals(domain(db, running.project())))
                .findFirst();
    }

    static @Nullable String domain(Db db, @Nullable String project) {
        if (project == null) {
            return null;
        }
        return db.sql("select domain_id from project where id = ?")
                .param(project)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
