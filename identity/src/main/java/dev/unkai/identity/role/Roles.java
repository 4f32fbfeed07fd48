package dev.unkai.identity.role;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Authority;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Immutable;
import dev.unkai.identity.api.NameFilter;
import dev.unkai.identity.api.Page;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.event.History;
import dev.unkai.identity.role.RoleStore.Implication;
import dev.unkai.identity.role.RoleStore.RoleName;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Roles and which imply which. The default ones are what the policy tables speak of, so they stay as they are. */
@Component
public final class Roles {
    private static final String UNCHANGED = "Which of the default roles imply each other cannot be changed.";

    private final Transactions transactions;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final DomainStore domains;
    private final Rights rights;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;

    public Roles(
            Transactions transactions,
            RoleStore roles,
            AssignmentStore assignments,
            DomainStore domains,
            Rights rights,
            RevocationLog revocations,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.roles = roles;
        this.assignments = assignments;
        this.domains = domains;
        this.rights = rights;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
    }

    /** The roles of a domain that the caller manages, or those that belong to none. */
    public List<StoredRole> list(Caller caller, NameFilter name, @Nullable String domainId, Page page) {
        return transactions.asCaller(caller, db -> {
            boolean foreign = domainId != null && !rights.of(db, caller).manages(domainId);
            return foreign ? List.of() : roles.list(db, name, domainId, page);
        });
    }

    /** What is said of these roles, which the caller has named or been given, by their ids. */
    public Map<String, StoredRole> named(Caller caller, Collection<String> roleIds) {
        return transactions.asCaller(caller, db -> roles.byIds(db, roleIds)).stream()
                .collect(Collectors.toMap(StoredRole::id, role -> role));
    }

    public StoredRole show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> visible(db, caller, id));
    }

    private StoredRole visible(Db db, Caller caller, String id) {
        Authority authority = rights.of(db, caller);
        StoredRole role = roles.byId(db, id).orElseThrow(() -> ApiErrors.absent("role", id));
        if (role.domainId() != null && !authority.manages(role.domainId())) {
            throw ApiErrors.hidden("role", id);
        }
        return role;
    }

    /** What a new role shall be. */
    public record Wanted(
            String name,
            String description,
            @Nullable String domainId,
            @Nullable Boolean immutable,
            Extra extra) {}

    public StoredRole create(Caller caller, Wanted wanted) {
        String domainId = wanted.domainId();
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            if (domainId != null && domains.held(db, domainId, null).isEmpty()) {
                throw ApiErrors.absent("domain", domainId);
            }
            refuseTakenName(db, wanted.name(), domainId);
            StoredRole role = new StoredRole(
                    ids.nextHex(), wanted.name(), wanted.description(), domainId, wanted.immutable(), wanted.extra());
            roles.insert(db, role);
            history.record(db, caller, "create", thing(role), Changes.made(role));
            return role;
        });
    }

    public StoredRole update(Caller caller, String id, UnaryOperator<StoredRole> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            StoredRole old = roles.byId(db, id).orElseThrow(() -> ApiErrors.absent("role", id));
            StoredRole fresh = change.apply(old);
            if (!Objects.equals(old.immutable(), fresh.immutable())) {
                refuseDefault(old);
            }
            if (!old.name().equals(fresh.name())) {
                refuseDefault(old);
                refuseTakenName(db, fresh.name(), fresh.domainId());
            }
            roles.update(db, fresh);
            history.record(
                    db, caller, "update", thing(fresh), Map.of("old_name", old.name()), Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            StoredRole role = roles.byId(db, id).orElseThrow(() -> ApiErrors.absent("role", id));
            refuseDefault(role);
            Immutable.checkDelete("role", id, role.immutable());
            List<String> holders = assignments.holdersForChange(db, id);
            history.record(db, caller, "delete", thing(role), Changes.gone(role));
            roles.delete(db, id);
            holders.forEach(holder -> revocations.revoke(db, Subject.USER, holder));
        });
    }

    /** All implications, or those of one prior role. */
    public List<Implication> implications(Caller caller, @Nullable String priorId) {
        return transactions.asCaller(caller, db -> {
            if (priorId != null) {
                visible(db, caller, priorId);
            }
            return roles.implications(db, priorId);
        });
    }

    public Implication implication(Caller caller, String priorId, String impliedId) {
        return implications(caller, priorId).stream()
                .filter(one -> one.implied().id().equals(impliedId))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("The first role does not imply the second."));
    }

    public Implication imply(Caller caller, String priorId, String impliedId) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            StoredRole prior = roles.byId(db, priorId).orElseThrow(() -> ApiErrors.absent("role", priorId));
            StoredRole implied = roles.byId(db, impliedId).orElseThrow(() -> ApiErrors.absent("role", impliedId));
            boolean circle = assignments.closure(db, List.of(impliedId)).stream()
                    .anyMatch(held -> held.id().equals(priorId));
            if (circle || isProviders(implied)) {
                throw Refusal.forbidden("This role cannot be implied: it would imply itself, or be the provider's.");
            }
            if (isDefault(prior)
                    && isDefault(implied)
                    && !assignments.closure(db, List.of(priorId)).stream()
                            .anyMatch(held -> held.id().equals(impliedId))) {
                throw Refusal.forbidden(UNCHANGED);
            }
            if (prior.domainId() == null && implied.domainId() != null) {
                throw Refusal.forbidden("A role of no domain cannot imply a role of one: tokens would not carry it.");
            }
            if (roles.imply(db, priorId, impliedId)) {
                history.record(
                        db,
                        caller,
                        "imply",
                        thing(prior),
                        Map.of("implied", implied.name()),
                        Changes.of("implied", null, implied.name()));
            }
            return new Implication(new RoleName(prior.id(), prior.name()), new RoleName(implied.id(), implied.name()));
        });
    }

    public void implyNoMore(Caller caller, String priorId, String impliedId) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            StoredRole prior = roles.byId(db, priorId).orElseThrow(() -> ApiErrors.absent("role", priorId));
            StoredRole implied = roles.byId(db, impliedId).orElseThrow(() -> ApiErrors.absent("role", impliedId));
            if (isDefault(prior) && isDefault(implied)) {
                throw Refusal.forbidden(UNCHANGED);
            }
            List<String> holders = assignments.holdersForChange(db, priorId);
            if (!roles.implyNoMore(db, priorId, impliedId)) {
                throw Refusal.notFound("The first role does not imply the second.");
            }
            history.record(
                    db,
                    caller,
                    "imply-no-more",
                    thing(prior),
                    Map.of("implied", implied.name()),
                    Changes.of("implied", implied.name(), null));
            holders.forEach(holder -> revocations.revoke(db, Subject.USER, holder));
        });
    }

    private static boolean isProviders(StoredRole role) {
        return role.domainId() == null
                && Role.of(role.name())
                        .filter(one -> one.side() == Role.Side.PROVIDER)
                        .isPresent();
    }

    static boolean isDefault(StoredRole role) {
        return role.domainId() == null && Role.of(role.name()).isPresent();
    }

    private static void refuseDefault(StoredRole role) {
        if (isDefault(role)) {
            throw Refusal.forbidden("The role " + role.name() + " is a default role and stays as it is.");
        }
    }

    private void refuseTakenName(Db db, String name, @Nullable String domainId) {
        if (roles.byName(db, name, domainId).isPresent()) {
            throw Refusal.conflict("A role with this name is there already. Choose another name.");
        }
    }

    private static History.Thing thing(StoredRole role) {
        return new History.Thing("role", role.id(), role.name(), role.domainId(), null);
    }
}
