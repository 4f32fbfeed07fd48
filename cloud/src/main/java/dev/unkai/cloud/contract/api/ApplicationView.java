package dev.unkai.cloud.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.contract.Application;
import dev.unkai.cloud.contract.Applications.Followed;
import dev.unkai.cloud.contract.Contract;
import dev.unkai.cloud.contract.store.ApplicationStore.Step;
import dev.unkai.cloud.plan.PlanText;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.cloud.plan.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An application in the Service API. Absent: not yet, or not for this reader. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApplicationView(
        @Nullable String id,
        String number,
        // Never unverified: nobody is shown an application before its address is.
        @OneOf({"submitted", "approved", "accepted", "refused", "withdrawn", "lapsed"})
        Application.State state,

        String company,
        String person,
        String email,
        String telephone,
        String contractName,
        String plan,
        @Nullable Integer planVersion,
        String purpose,
        @OneOf({"ja", "en"}) String language,
        List<String> addresses,
        List<Application.VpnUser> vpnUsers,
        Instant createdAt,
        @Nullable String reason,
        @Nullable String decidedBy,
        @Nullable Map<String, Integer> quota,
        @Nullable List<StepView> steps,
        @Nullable Texts toAgree,
        @Nullable ContractState contract) {
    /** One thing that has happened: {@code by} is an operator, for operators. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(
            @OneOf({
                "applied",
                "verified",
                "approved",
                "refused",
                "withdrawn",
                "lapsed",
                "consented",
                "account",
                "policies",
                "limits",
                "hosts",
                "active"
            })
            String step,

            @Nullable String by,
            Instant at) {
        static StepView of(Step step, boolean forOperators) {
            return new StepView(step.step(), forOperators ? step.byOperator() : null, step.at());
        }
    }

    /** What is to be agreed to; {@code hash} comes back with the consent. */
    record Texts(String hash, Words name, int version, List<PlanText> texts) {
        static Texts of(Plans.Published published) {
            return new Texts(
                    published.hash(),
                    published.plan().name(),
                    published.plan().version(),
                    published.plan().texts());
        }
    }

    /** How it stands with the contract. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ContractState(
            Contract.State state,
            @Nullable String name,
            @Nullable String user,
            Contract.@Nullable Waiting waitsFor,
            @Nullable String trouble) {
        static ContractState of(Contract contract, boolean forOperators) {
            Contract.Account account = contract.account();
            return new ContractState(
                    contract.state(),
                    account == null ? null : account.name(),
                    account == null ? null : account.master(),
                    contract.waitsFor(),
                    forOperators ? contract.trouble() : null);
        }
    }

    /** In a list: without what has happened. */
    static ApplicationView listed(Application application) {
        return view(application, true, null, null, null);
    }

    static ApplicationView forOperators(Followed followed) {
        return whole(followed, true);
    }

    static ApplicationView forApplicants(Followed followed) {
        return whole(followed, false);
    }

    private static ApplicationView whole(Followed followed, boolean forOperators) {
        Application application = followed.application();
        boolean toAgree = application.state() == Application.State.APPROVED;
        return view(
                application,
                forOperators,
                followed.steps().stream()
                        .map(step -> StepView.of(step, forOperators))
                        .toList(),
                toAgree ? followed.plan().map(Texts::of).orElse(null) : null,
                followed.contract()
                        .map(contract -> ContractState.of(contract, forOperators))
                        .orElse(null));
    }

    private static ApplicationView view(
            Application application,
            boolean forOperators,
            @Nullable List<StepView> steps,
            @Nullable Texts toAgree,
            @Nullable ContractState contract) {
        Application.Form form = application.form();
        return new ApplicationView(
                forOperators ? application.id().toString() : null,
                "A-" + application.number(),
                application.state(),
                form.company(),
                form.person(),
                form.email().value(),
                form.telephone(),
                form.wish(),
                form.plan(),
                application.planVersion(),
                form.purpose(),
                form.language().tag(),
                form.access().addresses(),
                form.access().vpnUsers(),
                application.createdAt(),
                application.reason(),
                forOperators ? application.decidedBy() : null,
                forOperators ? application.quota() : null,
                steps,
                toAgree,
                contract);
    }
}
