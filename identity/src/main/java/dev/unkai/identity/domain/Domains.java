package dev.unkai.identity.domain;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
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
import dev.unkai.identity.event.History;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Domains: operators make and change them, everybody sees the own one. */
@Component
public final class Domains {
    private static final Pattern HEX_ID = Pattern.compile("[0-9a-f]{32}");

    private final Transactions transactions;
    private final DomainStore domains;
    private final Rights rights;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;

    public Domains(
            Transactions transactions,
            DomainStore domains,
            Rights rights,
            RevocationLog revocations,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.domains = domains;
        this.rights = rights;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
    }

    public List<Domain> list(Caller caller, NameFilter name, @Nullable Boolean enabled, Page page) {
        return transactions.asCaller(
                caller, db -> domains.list(db, rights.of(db, caller).listed(null), name, enabled, page));
    }

    public List<Domain> ofCaller(Caller caller) {
        return transactions.asCaller(caller, db -> domains.ofAccount(db, caller.user()));
    }

    /** Whether the id is a domain's, asked on behalf of an operator. */
    public boolean isDomain(Caller caller, String id) {
        return transactions.<Boolean>asCaller(caller, db -> domains.byId(db, id).isPresent());
    }

    public Domain show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            Domain domain = domains.byId(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
            boolean own = id.equals(caller.token().userDomainId())
                    || id.equals(caller.token().projectDomainId())
                    || id.equals(caller.token().scopeDomainId());
            if (!own && !authority.manages(id)) {
                throw ApiErrors.hidden("domain", id);
            }
            return domain;
        });
    }

    /**
     * What a new domain shall be.
     *
     * @param id as two installations that shall know the domain by the same id agreed on; null: we give one
     */
    public record Wanted(
            @Nullable String id,
            String name,
            String description,
            boolean enabled,
            List<String> tags,
            @Nullable Boolean immutable,
            Extra extra) {}

    public Domain create(Caller caller, Wanted wanted) {
        if (wanted.id() != null && !HEX_ID.matcher(wanted.id()).matches()) {
            throw Refusal.invalid("The field \"domain.explicit_domain_id\" must be 32 hexadecimal digits.");
        }
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            refuseTakenName(db, wanted.name());
            Domain domain = new Domain(
                    wanted.id() == null ? ids.nextHex() : wanted.id(),
                    wanted.name(),
                    wanted.description(),
                    wanted.enabled(),
                    wanted.tags(),
                    wanted.immutable(),
                    wanted.extra());
            domains.insert(db, domain);
            history.record(db, caller, "create", thing(domain), Changes.made(domain));
            return domain;
        });
    }

    public Domain update(Caller caller, String id, UnaryOperator<Domain> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Domain old = domains.forChange(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
            Domain fresh = change.apply(old);
            if (!old.name().equals(fresh.name())) {
                refuseTakenName(db, fresh.name());
            }
            if (id.equals(Domain.DEFAULT_ID) && !fresh.enabled()) {
                throw Refusal.forbidden("The provider's own domain cannot be disabled: nobody could enable it again.");
            }
            domains.update(db, fresh);
            history.record(
                    db,
                    caller,
                    "update",
                    thing(fresh),
                    Map.of("enabled", String.valueOf(fresh.enabled()), "old_name", old.name()),
                    Changes.between(old, fresh));
            if (old.enabled() && !fresh.enabled()) {
                revocations.revoke(db, Subject.DOMAIN, id);
            }
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Domain domain = domains.forChange(db, id).orElseThrow(() -> ApiErrors.absent("domain", id));
            Immutable.checkDelete("domain", id, domain.immutable());
            if (domain.enabled() || id.equals(Domain.DEFAULT_ID)) {
                throw Refusal.forbidden("Cannot delete a domain that is enabled, please disable it first.");
            }
            // Projects hold machines and networks, of which this process knows nothing.
            if (domains.hasProjects(db, id)) {
                throw Refusal.conflict("The domain still has projects. Delete them first, with what is in them.");
            }
            List<Inhabitant> inhabitants = inhabitants(db, id);
            for (Inhabitant one : inhabitants) {
                history.record(db, caller, "delete", new History.Thing(one.kind(), one.id(), one.name(), id, null));
            }
            history.record(db, caller, "delete", thing(domain), Changes.gone(domain));
            db.sql("delete from account_group where domain_id = ?").param(id).update();
            db.sql("delete from account where domain_id = ?").param(id).update();
            domains.delete(db, id);
            inhabitants.stream()
                    .filter(one -> one.kind().equals("user"))
                    .forEach(one -> revocations.revoke(db, Subject.USER, one.id()));
        });
    }

    /** A user or a group that goes with its domain. */
    private record Inhabitant(String kind, String id, String name) {}

    private static List<Inhabitant> inhabitants(Db db, String domainId) {
        List<Inhabitant> all =
                new ArrayList<>(db.sql("select id, name from account where domain_id = ? order by id for update")
                        .param(domainId)
                        .query((row, n) -> new Inhabitant("user", row.getString("id"), row.getString("name")))
                        .list());
        all.addAll(db.sql("select id, name from account_group where domain_id = ? order by id for update")
                .param(domainId)
                .query((row, n) -> new Inhabitant("group", row.getString("id"), row.getString("name")))
                .list());
        return all;
    }

    private void refuseTakenName(Db db, String name) {
        if (domains.byName(db, name).isPresent()) {
            throw Refusal.conflict("A domain with this name is there already. Choose another name.");
        }
    }

    private static History.Thing thing(Domain domain) {
        return new History.Thing("domain", domain.id(), domain.name(), domain.id(), null);
    }
}
