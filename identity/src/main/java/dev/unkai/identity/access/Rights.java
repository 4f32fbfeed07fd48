package dev.unkai.identity.access;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Role;
import dev.unkai.base.access.Role.Side;
import dev.unkai.base.data.Db;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.domain.PlanRuleStore;
import dev.unkai.identity.domain.PlanRules;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.Scope;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TokenClaims;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Works out a caller's authority, and keeps managers away from whoever has rights outside their domain. */
@Component
public final class Rights {
    private final AssignmentStore assignments;
    private final PlanRuleStore plans;
    private final AccountStore accounts;

    public Rights(AssignmentStore assignments, PlanRuleStore plans, AccountStore accounts) {
        this.assignments = assignments;
        this.plans = plans;
        this.accounts = accounts;
    }

    public Authority of(Db db, Caller caller) {
        boolean manager = caller.has(Role.MANAGER);
        boolean readOnly = isRestricted(db, caller.token());
        return new Authority(
                caller.isAdmin(),
                manager ? managedDomain(db, caller.token(), readOnly) : null,
                manager ? caller.projectOrNull() : null,
                readOnly);
    }

    /**
     * The same for whoever would make, change or remove users and groups, or give and take roles. Throws a refusal where the plan of the contract leaves
     * that to the provider.
     */
    public Authority toAdminister(Db db, Caller caller) {
        Authority authority = of(db, caller).toChange();
        String domain = caller.token().scopeDomainId() != null
                ? caller.token().scopeDomainId()
                : caller.token().projectDomainId();
        if (!authority.provider()
                && domain != null
                && plans.of(db, domain).filter(PlanRules::usersByProvider).isPresent()) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "UsersByProvider",
                    "In this contract the provider registers, changes and removes users and their roles. Ask the provider to do it.");
        }
        return authority;
    }

    /**
     * A domain-scoped token manages its domain. A project-scoped one does too when its bearer is at home in that domain
     * and is manager of it: a manager of one project among many is not a manager of all.
     */
    private @Nullable String managedDomain(Db db, TokenClaims token, boolean readOnly) {
        if (token.scopeDomainId() != null) {
            return token.scopeDomainId();
        }
        String home = token.userDomainId();
        boolean lent = readOnly || token.trust() != null || token.isOfProgram() || token.isView();
        if (lent || !home.equals(token.projectDomainId())) {
            return null;
        }
        boolean manages = assignments.effective(db, token.userId(), new Scope.OfDomain(home)).stream()
                .anyMatch(role -> role.name().equals(Role.MANAGER.wireName()));
        return manages ? home : null;
    }

    private static boolean isRestricted(Db db, TokenClaims token) {
        return token.applicationCredentialId() != null
                && !db.sql("select exists (select 1 from application_credential where id = ? and unrestricted)")
                        .param(token.applicationCredentialId())
                        .query(Boolean.class)
                        .single();
    }

    /** Throws a refusal for a right given by hand to who has his rights from an identity provider's rules: the next sign-in would take it again. */
    public void refuseFederated(Db db, String accountId) {
        if (accounts.isFederated(db, accountId)) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "FederatedRights",
                    "This user signs in through the contract's identity provider, whose rules give him his roles and groups anew each time."
                            + " Put him into the right group there, or have the rules changed.");
        }
    }

    /**
     * Throws a refusal when a manager would change an account (or a group) that is an operator or has roles outside the
     * manager's domain: by a new password, or by joining the group, the manager would have those as well.
     */
    public void needNoGreater(Db db, Authority authority, String accountOrGroupId) {
        if (authority.provider()) {
            return;
        }
        boolean greater = db.sql("""
                        with recursive own as (
                            select role_id, project_id, domain_id from assignment
                             where account_id = :id or group_id = :id
                                or group_id in (select group_id from group_member where account_id = :id)),
                        held (role_id) as (
                            select role_id from own
                            union
                            select i.implied_id from role_implication i join held on i.prior_id = held.role_id)
                        select exists (select 1 from held join role r on r.id = held.role_id
                                        where r.domain_id is null and r.name <> all (:customers))
                            or exists (select 1 from own left join project p on p.id = own.project_id
                                        where coalesce(p.domain_id, own.domain_id, '') <> :domain)
                        """)
                .param("id", accountOrGroupId)
                .param("domain", authority.ownDomain())
                .param("customers", Role.namesOf(Side.CUSTOMER).toArray(String[]::new))
                .query(Boolean.class)
                .single();
        if (greater) {
            throw Refusal.forbidden("This has rights beyond your domain, so only an operator may change it.");
        }
    }
}
