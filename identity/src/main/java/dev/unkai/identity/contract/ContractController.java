package dev.unkai.identity.contract;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.web.Peer;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the cloud process asks for when a contract is made. */
@RestController
public final class ContractController {
    private final ContractAccounts accounts;

    ContractController(ContractAccounts accounts) {
        this.accounts = accounts;
    }

    record Body(
            @Nullable String wish,
            @Nullable String company,
            @Nullable String plan,
            @Nullable String person,
            @Nullable String email,
            @Nullable String language,
            boolean issued) {}

    /** Only for the cloud process, shown by its certificate; to anybody else it is not there. Asked again, it answers the same. */
    @Allow(Allow.PUBLIC)
    @PutMapping("/identity/internal/v1/contracts/{contract}")
    ContractAccounts.Made make(@PathVariable UUID contract, @RequestBody Body body, HttpServletRequest request) {
        if (!Peer.isCloud(request)) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        return accounts.make(
                contract,
                new ContractAccounts.Wish(
                        text(body.wish()),
                        text(body.company()),
                        text(body.plan()),
                        text(body.person()),
                        MailAddress.parse(text(body.email())).orElseThrow(ContractController::incomplete),
                        Language.of(body.language()).orElseThrow(ContractController::incomplete),
                        body.issued()));
    }

    private static String text(@Nullable String value) {
        if (value == null || value.isBlank() || value.length() > 255) {
            throw incomplete();
        }
        return value;
    }

    private static Refusal incomplete() {
        return Refusal.invalid("The contract is not described completely.");
    }
}
