package dev.unkai.identity.account;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.AccountMails.News;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.event.History;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.web.mail.Mail.Language;
import dev.unkai.web.mail.MailAddress;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accounts: who may make, see, change and remove them. */
@Component
public final class Accounts {
    /** The fact in the event of a new account that waits, and for what. */
    public static final String WAITS = "waits_for";

    private final Transactions transactions;
    private final AccountStore accounts;
    private final DomainStore domains;
    private final ProjectStore projects;
    private final Rights rights;
    private final Passwords passwords;
    private final RevocationLog revocations;
    private final AccountMails mails;
    private final MasterMails masters;
    private final History history;
    private final Ids ids;

    public Accounts(
            Transactions transactions,
            AccountStore accounts,
            DomainStore domains,
            ProjectStore projects,
            Rights rights,
            Passwords passwords,
            RevocationLog revocations,
            AccountMails mails,
            MasterMails masters,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.domains = domains;
        this.projects = projects;
        this.rights = rights;
        this.passwords = passwords;
        this.revocations = revocations;
        this.mails = mails;
        this.masters = masters;
        this.history = history;
        this.ids = ids;
    }

    public List<Account> list(Caller caller, UserFilter asked, Page page) {
        return transactions.asCaller(caller, db -> {
            String domain = rights.of(db, caller).listed(asked.domainId());
            return accounts.list(db, asked.in(domain), null, page);
        });
    }

    /** One's own account, or one of a domain that the caller manages. */
    public Account show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> visible(db, caller, id));
    }

    /** By whom else it is vouched for; nobody for an account of here. */
    public List<Federated> federated(Caller caller, String id) {
        return transactions.asCaller(
                caller, db -> accounts.federated(db, visible(db, caller, id).id()));
    }

    /** The projects that the account has a role on. */
    public List<Project> projectsOf(Caller caller, String id, ProjectStore.Filter filter) {
        return transactions.asCaller(
                caller, db -> projects.ofAccount(db, visible(db, caller, id).id(), false, filter));
    }

    Account visible(Db db, Caller caller, String id) {
        if (id.equals(caller.user())) {
            return accounts.byId(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
        }
        Authority authority = rights.of(db, caller);
        if (!authority.provider() && authority.domain() == null) {
            throw Refusal.forbidden("You may look at your own account only.");
        }
        Account account = accounts.byId(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
        authority.need(account.domainId(), ApiErrors.hidden("user", id));
        return account;
    }

    /** What a new account shall be; the domain is the caller's own where none is named. */
    public record Wanted(
            @Nullable String domainId,
            String name,
            String description,
            @Nullable String email,
            boolean enabled,
            @Nullable String defaultProjectId,
            @Nullable String password,
            AccountOptions options,
            Extra extra) {
        @Override
        public String toString() {
            return name;
        }
    }

    public Account create(Caller caller, Wanted wanted) {
        // Before the hash is worked out: who may not, costs nothing.
        Domain home = transactions.asCaller(caller, db -> {
            Domain domain = domain(db, home(db, caller, wanted.domainId()));
            if (wanted.password() != null && !caller.isAdmin()) {
                passwords.needOwnPasswords(db, domain.id());
            }
            return domain;
        });
        String hash = wanted.password() == null
                ? null
                : passwords.hashed(wanted.password(), wanted.name(), home.name(), wanted.email());
        return transactions.asCaller(caller, db -> {
            Domain domain = domain(db, home(db, caller, wanted.domainId()));
            checkDefaultProject(db, domain.id(), wanted.defaultProjectId());
            Account account = new Account(
                    ids.nextHex(),
                    domain.id(),
                    domain.name(),
                    wanted.name(),
                    wanted.description(),
                    wanted.email(),
                    wanted.enabled(),
                    wanted.enabled(),
                    wanted.defaultProjectId(),
                    hash,
                    hash == null ? null : passwords.end(db, domain.id(), wanted.options()),
                    wanted.options(),
                    wanted.extra());
            refuseTakenName(db, account);
            accounts.insert(db, account);
            history.record(db, caller, "create", thing(account), Changes.made(account));
            masters.tell(db, caller, account, MasterMails.News.MADE);
            return account;
        });
    }

    private Domain domain(Db db, String id) {
        return domains.held(db, id, null).orElseThrow(() -> ApiErrors.absent("domain", id));
    }

    private String home(Db db, Caller caller, @Nullable String asked) {
        Authority authority = rights.toAdminister(db, caller);
        if (authority.provider()) {
            return asked != null ? asked : Domain.meantBy(caller.token());
        }
        String own = authority.ownDomain();
        if (asked != null && !asked.equals(own)) {
            throw Refusal.forbidden("You may do this in your own domain only.");
        }
        return own;
    }

    /** A change of an account: the account as it shall be, and a new password or null. */
    public record Change(Account account, @Nullable String password) {}

    /** Works out a change from the account as it is. */
    public interface Changing {
        Change of(Account now);
    }

    public Account update(Caller caller, String id, Changing changing) {
        Account seen = transactions.asCaller(caller, db -> changeable(db, caller, id));
        Change wanted = changing.of(seen);
        String password = wanted.password();
        if (password != null && !caller.isAdmin()) {
            transactions.doAsCaller(caller, db -> passwords.needOwnPasswords(db, seen.domainId()));
        }
        String hash = password == null
                ? null
                : passwords.hashed(
                        password,
                        wanted.account().name(),
                        seen.domainName(),
                        wanted.account().email());
        return transactions.asCaller(caller, db -> {
            Account old = changeable(db, caller, id);
            Account fresh = changing.of(old).account();
            if (!old.name().equals(fresh.name())) {
                refuseTakenName(db, fresh);
            }
            if (fresh.defaultProjectId() != null && !fresh.defaultProjectId().equals(old.defaultProjectId())) {
                checkDefaultProject(db, old.domainId(), fresh.defaultProjectId());
            }
            accounts.update(db, fresh);
            if (hash != null) {
                passwords.replace(db, fresh, hash);
            }
            history.record(
                    db,
                    caller,
                    "update",
                    thing(fresh),
                    changes(old, fresh, hash != null),
                    told(old, fresh, hash != null));
            tell(db, caller, old, fresh);
            if (!Objects.equals(old.email(), fresh.email())) {
                masters.tell(db, caller, fresh, MasterMails.News.ADDRESS);
            }
            if (hash != null || (old.enabled() && !fresh.enabled())) {
                revocations.revoke(db, Subject.USER, id);
            }
            return accounts.byId(db, id).orElseThrow();
        });
    }

    private static Map<String, String> changes(Account old, Account fresh, boolean password) {
        Map<String, String> changes = new java.util.LinkedHashMap<>();
        if (!old.name().equals(fresh.name())) {
            changes.put("old_name", old.name());
        }
        if (old.enabled() != fresh.enabled()) {
            changes.put("enabled", String.valueOf(fresh.enabled()));
        }
        if (!old.options().equals(fresh.options())) {
            changes.put("options", fresh.options().text());
        }
        if (password) {
            changes.put("password", "set anew");
        }
        return changes;
    }

    private static Changes told(Account old, Account fresh, boolean password) {
        Changes changes = Changes.between(old, fresh);
        return password ? changes.and(Changes.confidential("password")) : changes;
    }

    private void tell(Db db, Caller caller, Account old, Account fresh) {
        if (old.enabled() != fresh.enabled() && !caller.user().equals(old.id())) {
            mails.tell(db, fresh, fresh.enabled() ? News.ENABLED : News.DISABLED);
        }
    }

    /**
     * Lets the account log in again, or no longer; then whatever was made with it (sessions, tokens of all kinds) ends within seconds, and what it could log
     * in with is kept for when it is enabled again.
     *
     * @param account as it is, taken for a change that the caller may make
     */
    public void enable(Db db, Caller caller, Account account, boolean enabled) {
        Account fresh = account.withEnabled(enabled);
        accounts.update(db, fresh);
        history.record(db, caller, enabled ? "enable" : "disable", thing(fresh), Changes.between(account, fresh));
        tell(db, caller, account, fresh);
        if (!enabled) {
            revocations.revoke(db, Subject.USER, account.id());
        }
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> remove(db, caller, changeable(db, caller, id)));
    }

    /** Removes the account with everything that it could log in with. @param account taken for a change that the caller may make */
    public void remove(Db db, Caller caller, Account account) {
        history.record(db, caller, "delete", thing(account), Changes.gone(account));
        mails.tell(db, account, News.REMOVED);
        accounts.delete(db, account.id());
        revocations.revoke(db, Subject.USER, account.id());
    }

    /**
     * A new account without a password, in the transaction that sends its owner the way to one.
     *
     * @param waits whether it is to be disabled until somebody releases it, who sends the way to a password then
     */
    public Account add(Db db, Caller caller, Domain domain, Newcomer newcomer, boolean waits) {
        Project project = projects.held(db, newcomer.projectId())
                .orElseThrow(() -> ApiErrors.absent("project", newcomer.projectId()));
        if (!project.domainId().equals(domain.id())) {
            throw ApiErrors.hidden("project", newcomer.projectId());
        }
        Account account = new Account(
                ids.nextHex(),
                domain.id(),
                domain.name(),
                newcomer.name(),
                newcomer.person(),
                newcomer.email().value(),
                !waits,
                !waits,
                newcomer.projectId(),
                null,
                null,
                AccountOptions.NONE,
                Extra.NONE);
        refuseTakenName(db, account);
        accounts.insert(db, account);
        accounts.speaks(db, account.id(), newcomer.language());
        Map<String, String> facts = waits ? Map.of(WAITS, "second person") : Map.of();
        history.record(db, caller, "create", thing(account), facts, Changes.made(account));
        masters.tell(db, caller, account, waits ? MasterMails.News.WAITS : MasterMails.News.MADE);
        return account;
    }

    /**
     * A waiting account may log in from now on; its owner is not told, since his first mail follows.
     *
     * @param madeBy the name of who made it
     */
    public Account release(Db db, Caller caller, Account account, String madeBy) {
        Account fresh = account.withEnabled(true);
        accounts.update(db, fresh);
        history.record(db, caller, "enable", thing(fresh), Map.of("made_by", madeBy), Changes.between(account, fresh));
        return fresh;
    }

    /** Somebody who gets an account. */
    public record Newcomer(String name, String person, MailAddress email, Language language, String projectId) {}

    /** The account, taken for a change that the caller may make. */
    private Account changeable(Db db, Caller caller, String id) {
        Authority authority = rights.toAdminister(db, caller);
        Account account = accounts.forChange(db, id).orElseThrow(() -> ApiErrors.absent("user", id));
        authority.need(account.domainId(), ApiErrors.hidden("user", id));
        rights.needNoGreater(db, authority, id);
        return account;
    }

    private void refuseTakenName(Db db, Account account) {
        if (accounts.byName(db, account.name(), account.domainId(), null).isPresent()) {
            throw Refusal.conflict("A user with this name is in the domain already. Choose another name.");
        }
    }

    private void checkDefaultProject(Db db, String domainId, @Nullable String projectId) {
        if (projectId != null
                && projects.held(db, projectId)
                        .filter(project -> project.domainId().equals(domainId))
                        .isEmpty()) {
            throw Refusal.invalid("The default project must be a project of the user's domain.");
        }
    }

    static History.Thing thing(Account account) {
        return new History.Thing("user", account.id(), account.name(), account.domainId(), account.defaultProjectId());
    }
}
