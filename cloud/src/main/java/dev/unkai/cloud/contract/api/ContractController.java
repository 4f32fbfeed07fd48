package dev.unkai.cloud.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.contract.Contract;
import dev.unkai.cloud.contract.Contracts;
import dev.unkai.cloud.contract.api.ApplicationView.StepView;
import dev.unkai.cloud.plan.Words;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
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

    /** @param name at the log-in; absent until the contract has its account */
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
            List<Contract.Consent> consents,
            List<StepView> steps) {}

    @Allow("contract:show")
    @GetMapping
    View show(Caller caller) {
        Contracts.Own own = contracts.own(caller);
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
                own.consents(),
                own.steps().stream().map(step -> StepView.of(step, false)).toList());
    }
}
