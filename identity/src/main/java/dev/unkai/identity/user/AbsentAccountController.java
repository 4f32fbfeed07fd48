package dev.unkai.identity.user;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.web.Peer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the cloud process asks so that nothing of a removed user is left there. */
@RestController
public final class AbsentAccountController {
    private final Transactions transactions;

    AbsentAccountController(Transactions transactions) {
        this.transactions = transactions;
    }

    record Asked(@Nullable List<String> ids) {}

    record Absent(List<String> absent) {}

    /** {@code {"ids": […]}}: those that no account has. Only for the cloud process, shown by its certificate; to anybody else it is not there. */
    @Allow(Allow.PUBLIC)
    @PostMapping("/identity/internal/v1/accounts/absent")
    Absent absent(@RequestBody Asked asked, HttpServletRequest request) {
        if (!Peer.isCloud(request)) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        String[] ids = asked.ids() == null ? new String[0] : asked.ids().toArray(String[]::new);
        return new Absent(transactions.asSystem(db -> db.sql(
                        "select asked.id from unnest(?::text[]) asked (id) where not exists (select 1 from account a where a.id = asked.id)")
                .param(ids)
                .query(String.class)
                .list()));
    }
}
