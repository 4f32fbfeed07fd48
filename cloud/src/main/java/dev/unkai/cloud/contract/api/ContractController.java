package dev.unkai.cloud.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.contract.Contract;
import dev.unkai.cloud.contract.Contracts;
import dev.unkai.cloud.contract.api.ApplicationView.StepView;
import dev.unkai.cloud.contract.api.ApplicationView.Texts;
import dev.unkai.cloud.plan.Words;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract of the caller's project. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/contract")
final class ContractController {
    private final Contracts contracts;

    ContractController(Contracts contracts) {
        this.contracts = contracts;
    }

    /**
     * @param name at the log-in; absent until the contract has its account
     * @param toAgree a newer version of the plan, which waits for consent; absent: there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String id,
            @Nullable String name,
            String company,
            Contract.State state,
            String plan,
            int planVersion,
            @Nullable Words planName,
            Instant createdAt,
            @Nullable Instant activeAt,
            Contract.@Nullable Waiting waitsFor,
            List<Contract.Consent> consents,
            List<StepView> steps,
            @Nullable Texts toAgree) {
        static View of(Contracts.Own own) {
            Contract contract = own.contract();
            Contract.Account account = contract.account();
            return new View(
                    contract.id().toString(),
                    account == null ? null : account.name(),
                    contract.company(),
                    contract.state(),
                    contract.plan(),
                    contract.planVersion(),
                    own.plan().map(published -> published.plan().name()).orElse(null),
                    contract.createdAt(),
                    contract.activeAt(),
                    contract.waitsFor(),
                    own.consents(),
                    own.steps().stream().map(step -> StepView.of(step, false)).toList(),
                    own.fresh().map(Texts::of).orElse(null));
        }
    }

    /** The contract of one's own project. */
    @Allow("contract:show")
    @GetMapping
    View show(Caller caller) {
        return View.of(contracts.own(caller));
    }

    /** The master agrees to the newest version of the plan, for the contract. */
    @Allow("contract:agree")
    @PostMapping("/consent")
    View agree(Caller caller, @RequestBody ConsentBody body) {
        return View.of(contracts.agree(caller, body.agreement()));
    }
}
