package dev.unkai.identity.group;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.account.UserFilter;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.event.History;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Groups and who belongs to them. */
@Component
public final class Groups {
    private final Transactions transactions;
    private final GroupStore groups;
    private final AccountStore accounts;
    private final DomainStore domains;
    private final Rights rights;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;

    public Groups(
            Transactions transactions,
            GroupStore groups,
            AccountStore accounts,
            DomainStore domains,
            Rights rights,
            RevocationLog revocations,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.groups = groups;
        this.accounts = accounts;
        this.domains = domains;
        this.rights = rights;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
    }

    public List<Group> list(Caller caller, @Nullable String domainId, NameFilter name, Page page) {
        return transactions.asCaller(
                caller, db -> groups.list(db, rights.of(db, caller).listed(domainId), name, page));
    }

    public Group show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> visible(db, caller, id));
    }

    /** The groups of one's own account, or of one in a domain that the caller manages. */
    public List<Group> ofAccount(Caller caller, String accountId, NameFilter name) {
        return transactions.asCaller(caller, db -> {
            if (!accountId.equals(caller.user())) {
                Authority authority = rights.of(db, caller);
                if (!authority.provider() && authority.domain() == null) {
                    throw Refusal.forbidden("You may look at your own groups only.");
                }
                Account account = accounts.byId(db, accountId).orElseThrow(() -> ApiErrors.absent("user", accountId));
                authority.need(account.domainId(), ApiErrors.hidden("user", accountId));
            }
            return groups.ofAccount(db, accountId, name);
        });
    }

    public List<Account> members(Caller caller, String id, UserFilter filter, Page page) {
        return transactions.asCaller(caller, db -> {
            visible(db, caller, id);
            return accounts.list(db, filter, id, page);
        });
    }

    public boolean contains(Caller caller, String id, String accountId) {
        return transactions.asCaller(caller, db -> {
            visible(db, caller, id);
            return groups.contains(db, id, accountId);
        });
    }

    private Group visible(Db db, Caller caller, String id) {
        Authority authority = rights.of(db, caller);
        Group group = groups.byId(db, id).orElseThrow(() -> ApiErrors.absent("group", id));
        authority.need(group.domainId(), ApiErrors.hidden("group", id));
        return group;
    }

    public Group create(Caller caller, @Nullable String asked, String name, String description, Extra extra) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.toAdminister(db, caller);
            String own = authority.domain() != null ? authority.domain() : Domain.meantBy(caller.token());
            String domainId = asked != null ? asked : own;
            authority.need(domainId, Refusal.forbidden("You may do this in your own domain only."));
            if (domains.held(db, domainId, null).isEmpty()) {
                throw ApiErrors.absent("domain", domainId);
            }
            refuseTakenName(db, domainId, name);
            Group group = new Group(ids.nextHex(), domainId, name, description, extra);
            groups.insert(db, group);
            history.record(db, caller, "create", thing(group), Changes.made(group));
            return group;
        });
    }

    public Group update(Caller caller, String id, UnaryOperator<Group> change) {
        return transactions.asCaller(caller, db -> {
            Group old = changeable(db, caller, id);
            Group fresh = change.apply(old);
            if (!old.name().equals(fresh.name())) {
                refuseTakenName(db, old.domainId(), fresh.name());
            }
            groups.update(db, fresh);
            history.record(
                    db, caller, "update", thing(fresh), Map.of("old_name", old.name()), Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            Group group = changeable(db, caller, id);
            List<String> members = groups.membersForChange(db, id);
            history.record(db, caller, "delete", thing(group), Changes.gone(group));
            groups.delete(db, id);
            members.forEach(member -> revocations.revoke(db, Subject.USER, member));
        });
    }

    public void join(Caller caller, String id, String accountId) {
        transactions.doAsCaller(caller, db -> {
            Group group = changeable(db, caller, id);
            Account account = member(db, caller, group, accountId);
            rights.refuseFederated(db, accountId);
            if (groups.join(db, id, accountId)) {
                history.record(
                        db,
                        caller,
                        "join",
                        thing(group),
                        Map.of("user", account.name(), "user_id", accountId),
                        Changes.of("member", null, account.name()));
            }
        });
    }

    public void leave(Caller caller, String id, String accountId) {
        transactions.doAsCaller(caller, db -> {
            Group group = changeable(db, caller, id);
            Account account = member(db, caller, group, accountId);
            if (!groups.leave(db, id, accountId)) {
                throw Refusal.notFound("The user is not in the group.");
            }
            history.record(
                    db,
                    caller,
                    "leave",
                    thing(group),
                    Map.of("user", account.name(), "user_id", accountId),
                    Changes.of("member", account.name(), null));
            revocations.revoke(db, Subject.USER, accountId);
        });
    }

    private Account member(Db db, Caller caller, Group group, String accountId) {
        Account account = accounts.forChange(db, accountId).orElseThrow(() -> ApiErrors.absent("user", accountId));
        if (!caller.isAdmin() && !account.domainId().equals(group.domainId())) {
            throw ApiErrors.hidden("user", accountId);
        }
        return account;
    }

    private Group changeable(Db db, Caller caller, String id) {
        Authority authority = rights.toAdminister(db, caller);
        Group group = groups.forChange(db, id).orElseThrow(() -> ApiErrors.absent("group", id));
        authority.need(group.domainId(), ApiErrors.hidden("group", id));
        rights.needNoGreater(db, authority, id);
        return group;
    }

    private void refuseTakenName(Db db, String domainId, String name) {
        if (groups.isNameTaken(db, domainId, name)) {
            throw Refusal.conflict("A group with this name is in the domain already. Choose another name.");
        }
    }

    private static History.Thing thing(Group group) {
        return new History.Thing("group", group.id(), group.name(), group.domainId(), null);
    }
}
