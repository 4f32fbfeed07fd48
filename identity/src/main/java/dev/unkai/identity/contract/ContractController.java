package dev.unkai.identity.contract;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.domain.PlanRules.Credentials;
import dev.unkai.web.Peer;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
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
            boolean issued,
            @Nullable RulesBody rules,
            @Nullable List<String> addresses,
            @Nullable List<VpnUserBody> vpnUsers) {}

    /**
     * What the plan says, see {@link PlanRules}.
     *
     * @param passwordDays null: no end
     * @param resetMinutes null where the provider makes passwords
     * @param secondFactor {@code by-role}, {@code everyone} or {@code as-set-up}
     */
    record RulesBody(
            int planVersion,
            boolean issued,
            @Nullable Integer passwordDays,
            int differsFromLast,
            @Nullable Integer resetMinutes,
            boolean usersByProvider,
            boolean fromAddresses,
            boolean throughTunnels,
            @Nullable String secondFactor) {
        PlanRules rules() {
            if (issued != (resetMinutes == null) || differsFromLast < 1 || planVersion < 1) {
                throw incomplete();
            }
            return new PlanRules(
                    planVersion,
                    resetMinutes == null
                            ? new Credentials.Issued()
                            : new Credentials.Own(Duration.ofMinutes(resetMinutes)),
                    passwordDays == null ? null : Duration.ofDays(passwordDays),
                    differsFromLast,
                    usersByProvider,
                    fromAddresses,
                    throughTunnels,
                    read());
        }

        /** A cloud process of the version before does not say. */
        private PlanRules.SecondFactor read() {
            return switch (secondFactor) {
                case null -> PlanRules.SecondFactor.BY_ROLE;
                case "by-role" -> PlanRules.SecondFactor.BY_ROLE;
                case "everyone" -> PlanRules.SecondFactor.EVERYONE;
                case "as-set-up" -> PlanRules.SecondFactor.AS_SET_UP;
                default -> throw incomplete();
            };
        }
    }

    record VpnUserBody(@Nullable String name, @Nullable String email) {}

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
                        body.issued(),
                        body.rules() == null ? null : body.rules().rules(),
                        body.addresses() == null ? List.of() : body.addresses(),
                        body.vpnUsers() == null
                                ? List.of()
                                : body.vpnUsers().stream()
                                        .map(user -> new ContractAccounts.VpnUser(
                                                text(user.name()),
                                                MailAddress.parse(text(user.email()))
                                                        .orElseThrow(ContractController::incomplete)))
                                        .toList()));
    }

    /** The same asker: all that the plan promises is in force, its people may come. Asked again, nothing changes. */
    @Allow(Allow.PUBLIC)
    @PutMapping("/identity/internal/v1/contracts/{contract}/opening")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void open(@PathVariable UUID contract, HttpServletRequest request) {
        if (!Peer.isCloud(request)) {
            throw Refusal.notFound("There is nothing at this address.");
        }
        accounts.open(contract);
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
