package dev.unkai.cloud.network.api;

import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.network.domain.Refusals;
import dev.unkai.cloud.network.store.Revisions;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Runs a request's work in one transaction. Where the request says {@code If-Match: revision_number=N}, the thing that it is about is held
 * first, and nothing is done unless it still has this revision.
 */
@Component
final class RequestTransactions {
    private static final Pattern CONDITION = Pattern.compile("\"?revision_number=(\\d{1,18})\"?");
    private static final Pattern THING =
            Pattern.compile("/network/v2\\.0/(?:qos/)?([a-z-]+)/([0-9a-fA-F-]{32,36})(?:/.*)?");

    private final Transactions transactions;
    private final Revisions revisions;

    RequestTransactions(Transactions transactions, Revisions revisions) {
        this.transactions = transactions;
        this.revisions = revisions;
    }

    <T extends @Nullable Object> T asCaller(Caller caller, Function<Db, T> work) {
        return transactions.asCaller(caller, db -> {
            check(db);
            return work.apply(db);
        });
    }

    void doAsCaller(Caller caller, Consumer<Db> work) {
        transactions.doAsCaller(caller, db -> {
            check(db);
            work.accept(db);
        });
    }

    private void check(Db db) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return;
        }
        HttpServletRequest request = attributes.getRequest();
        String condition = request.getHeader("If-Match");
        if (condition == null || request.getMethod().equals("GET")) {
            return;
        }
        Matcher said = CONDITION.matcher(condition.strip());
        if (!said.matches()) {
            throw Refusals.invalid(
                    "HTTPBadRequest",
                    "The header If-Match must be \"revision_number=N\", not \"" + brief(condition) + "\".");
        }
        Matcher thing = THING.matcher(request.getServletPath());
        Optional<UUID> id = thing.matches() ? Paths.parse(thing.group(2)) : Optional.empty();
        Optional<Long> present = id.flatMap(one -> revisions.held(db, thing.group(1), one));
        long expected = Long.parseLong(said.group(1));
        if (present.isPresent() && present.get() != expected) {
            throw Refusals.conflict(
                    NetworkErrors.PRECONDITION,
                    "Constrained to " + expected + ", but current revision is " + present.get());
        }
    }

    private static String brief(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
