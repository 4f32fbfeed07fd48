package dev.unkai.identity.limit;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.Refusal.Kind;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.event.History;
import dev.unkai.identity.limit.LimitStore.Resource;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Limits of single projects and domains: operators set them, each sees its own. */
@Component
public final class Limits {
    private final Transactions transactions;
    private final LimitStore limits;
    private final ProjectStore projects;
    private final DomainStore domains;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    Limits(
            Transactions transactions,
            LimitStore limits,
            ProjectStore projects,
            DomainStore domains,
            Rights rights,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.limits = limits;
        this.projects = projects;
        this.domains = domains;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    /** What a new limit shall be; the resource names the registered limit that it stands beside. */
    record Wanted(
            Resource resource,
            @Nullable String projectId,
            @Nullable String domainId,
            int most,
            @Nullable String description) {}

    /** Of what the token is for: everything for operators, a domain with its projects, or a project. */
    List<Limit> list(Caller caller, Resource resource, @Nullable String projectId, @Nullable String domainId) {
        return transactions.asCaller(caller, db -> {
            if (caller.isAdmin()) {
                return limits.limits(db, resource, null, projectId, domainId);
            }
            String within = caller.token().scopeDomainId();
            String own = within == null ? caller.projectOrNull() : projectId;
            boolean others = within == null && (own == null || (projectId != null && !projectId.equals(own)));
            return others ? List.of() : limits.limits(db, resource, within, own, domainId);
        });
    }

    public Limit show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> {
            Limit limit = present(db, id);
            if (!caller.isAdmin() && !isOwn(db, caller, limit)) {
                throw ApiErrors.hidden("limit", id);
            }
            return limit;
        });
    }

    private boolean isOwn(Db db, Caller caller, Limit limit) {
        String domain =
                limit.domainId() != null ? limit.domainId() : project(db, limit).domainId();
        return domain.equals(caller.token().scopeDomainId())
                || (limit.projectId() != null && limit.projectId().equals(caller.projectOrNull()));
    }

    /** All of them or none. */
    List<Limit> create(Caller caller, List<Wanted> wanted) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            return wanted.stream().map(one -> create(db, caller, one)).toList();
        });
    }

    private Limit create(Db db, Caller caller, Wanted wanted) {
        String domain = wanted.domainId();
        String project = wanted.projectId();
        if (project != null && domains.byId(db, project).isPresent()) {
            domain = project;
            project = null;
        }
        if (domain != null
                ? domains.byId(db, domain).isEmpty()
                : projects.byId(db, String.valueOf(project)).isEmpty()) {
            throw Refusal.invalid("Expecting to find valid " + (domain != null ? "domain_id" : "project_id")
                    + " in limit: there is none with this ID.");
        }
        Resource resource = wanted.resource();
        RegisteredLimit registered = limits.registered(
                        db, String.valueOf(resource.serviceId()), resource.regionId(), String.valueOf(resource.name()))
                .orElseThrow(() -> new Refusal(
                        Kind.FORBIDDEN,
                        "NoLimitReference",
                        "Unable to create a limit that has no corresponding registered limit."));
        limits.hold(db, registered.id());
        Limit limit = new Limit(ids.nextHex(), registered, project, domain, wanted.most(), wanted.description());
        if (isThere(db, limit)) {
            throw Refusal.conflict("Conflict occurred attempting to store limit - Duplicate entry.");
        }
        limits.insert(db, limit);
        record(db, caller, "create", limit, Changes.made(limit));
        return limit;
    }

    private boolean isThere(Db db, Limit limit) {
        RegisteredLimit of = limit.of();
        return limits
                .limits(
                        db,
                        new Resource(of.serviceId(), of.regionId(), of.resource()),
                        null,
                        limit.projectId(),
                        limit.domainId())
                .stream()
                .anyMatch(other -> other.of().id().equals(of.id()));
    }

    public Limit update(Caller caller, String id, UnaryOperator<Limit> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Limit old = present(db, id);
            Limit fresh = change.apply(old);
            limits.update(db, fresh);
            record(db, caller, "update", fresh, Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Limit gone = present(db, id);
            record(db, caller, "delete", gone, Changes.gone(gone));
            limits.delete(db, id);
        });
    }

    private Limit present(Db db, String id) {
        return limits.limit(db, id).orElseThrow(() -> ApiErrors.absent("limit", id));
    }

    private Project project(Db db, Limit limit) {
        return Optional.ofNullable(limit.projectId())
                .flatMap(id -> projects.byId(db, id))
                .orElseThrow();
    }

    private void record(Db db, Caller caller, String action, Limit limit, Changes changes) {
        String domain =
                limit.domainId() != null ? limit.domainId() : project(db, limit).domainId();
        history.record(
                db,
                caller,
                action,
                new History.Thing("limit", limit.id(), limit.of().resource(), domain, limit.projectId()),
                Map.of("limit", String.valueOf(limit.most())),
                changes);
    }
}
