package dev.unkai.cloud.contract;

import dev.unkai.base.data.Db;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where a contract's customer gets mail: the address that was verified when it applied. */
@Component
public class ContractMail {
    private final ContractStore contracts;
    private final ApplicationStore applications;

    ContractMail(ContractStore contracts, ApplicationStore applications) {
        this.contracts = contracts;
        this.applications = applications;
    }

    /** Whom one writes to, and in which language. */
    public record Recipient(MailAddress address, Language language, String company) {}

    /**
     * A contract that somebody can be written to about.
     *
     * @param name of the contract at the log-in
     */
    public record Addressee(
            String project, String company, String name, String plan, MailAddress address, Language language) {}

    /** All contracts that have their project, by company. */
    public List<Addressee> all(Db db) {
        return contracts.addressees(db);
    }

    /** Empty for a project that was not made by an application. */
    public Optional<Recipient> of(Db db, String project) {
        return contracts
                .ofProject(db, project)
                .flatMap(contract -> applications.byId(db, contract.applicationId()))
                .map(application -> new Recipient(
                        application.form().email(),
                        application.form().language(),
                        application.form().company()));
    }
}
