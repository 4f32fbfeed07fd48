package dev.unkai.identity.project;

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
import dev.unkai.identity.api.Page;
import dev.unkai.identity.api.Texts;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainStore;
import dev.unkai.identity.event.History;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Projects: who may make, see, change and remove them. */
@Component
public final class Projects {
    /** Every project has quotas of its own, so a customer does not make them without end. */
    private static final int PER_DOMAIN = 10;

    private final Transactions transactions;
    private final ProjectStore projects;
    private final ProjectTree tree;
    private final DomainStore domains;
    private final Rights rights;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;

    public Projects(
            Transactions transactions,
            ProjectStore projects,
            ProjectTree tree,
            DomainStore domains,
            Rights rights,
            RevocationLog revocations,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.projects = projects;
        this.tree = tree;
        this.domains = domains;
        this.rights = rights;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
    }

    /**
     * Those of the domain that the caller manages, of all for an operator. With a token of a project the reference refuses this
     * list, and its clients then go on with what they have: the plain id of somebody else's project, or the projects of one's
     * own. So a manager gets it here for the own domain by its name, and for what is looked for and found in it.
     */
    public List<Project> list(Caller caller, ProjectStore.Filter asked, Page page) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller);
            String domain = authority.listed(asked.domainId());
            List<Project> found = projects.list(
                    db,
                    new ProjectStore.Filter(domain, asked.parentId(), asked.name(), asked.enabled(), asked.tags()),
                    page);
            boolean ofDomain = caller.token().scopeDomainId() != null || Objects.equals(domain, asked.domainId());
            boolean soughtAndFound = !found.isEmpty() && (asked.name().exact() != null || asked.parentId() != null);
            if (!authority.provider() && !ofDomain && !soughtAndFound) {
                throw Refusal.forbidden("You are not authorized to perform the requested action:"
                        + " identity:list_projects. Name your domain, or log in to it.");
            }
            return found;
        });
    }

    /**
     * The project of the token, one that the caller has a role on, or one of a domain that the caller manages. Of others
     * an operator hears whether they are there; everybody else is refused in the same words whether they are or not, as
     * the reference does: its clients go on with the bare id after a 403, but not after a 404.
     */
    public Project show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> visible(db, caller, id));
    }

    private Project visible(Db db, Caller caller, String id) {
        Authority authority = rights.of(db, caller);
        Project project = projects.byId(db, id).orElse(null);
        // Asked of a project that is nobody's as well: how long it takes must not tell.
        boolean mine = projects.ofAccount(db, caller.user(), true).stream()
                .anyMatch(own -> own.id().equals(id));
        if (project == null) {
            throw authority.provider() ? ApiErrors.absent("project", id) : notYours();
        }
        boolean visible = id.equals(caller.projectOrNull()) || authority.manages(project.domainId()) || mine;
        if (!visible) {
            throw notYours();
        }
        return project;
    }

    private static Refusal notYours() {
        return Refusal.forbidden(
                "You are not authorized to perform the requested action: identity:get_project. It is none of yours.");
    }

    /** A project with those above it, the nearest first, and those below it. */
    public record Branch(Project project, List<Project> above, List<Project> below) {}

    /** @param visibleOnly leaves out what the caller could not look at alone */
    public Branch branch(Caller caller, String id, boolean visibleOnly) {
        return transactions.asCaller(caller, db -> {
            Project project = visible(db, caller, id);
            List<Project> above = projects.above(db, id);
            List<Project> below = projects.below(db, id);
            if (!visibleOnly || rights.of(db, caller).manages(project.domainId())) {
                return new Branch(project, above, below);
            }
            List<String> own = projects.ofAccount(db, caller.user(), false).stream()
                    .map(Project::id)
                    .toList();
            return new Branch(
                    project,
                    above.stream().filter(one -> own.contains(one.id())).toList(),
                    below.stream().filter(one -> own.contains(one.id())).toList());
        });
    }

    /** The projects that the caller could have a token for. */
    public List<Project> ofCaller(Caller caller) {
        return transactions.asCaller(caller, db -> projects.ofAccount(db, caller.user(), true));
    }

    /** What a new project shall be; the domain is the caller's own where none is named. */
    public record Wanted(
            @Nullable String domainId,
            @Nullable String parentId,
            String name,
            String description,
            boolean enabled,
            @Nullable String plan,
            List<String> tags,
            @Nullable Boolean immutable,
            Extra extra) {}

    public Project create(Caller caller, Wanted wanted) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller).toChange();
            String domainId = home(db, caller, authority, wanted);
            Domain domain = domains.held(db, domainId, null)
                    .orElseThrow(() -> Refusal.invalid("Could not find domain: " + Texts.shown(domainId) + "."));
            Project parent = parent(db, wanted.parentId(), domainId);
            if (projects.heldByName(db, wanted.name(), domainId, null).isPresent()) {
                throw Refusal.conflict("A project with this name is in the domain already. Choose another name.");
            }
            Project project = new Project(
                    ids.nextHex(),
                    domainId,
                    domain.name(),
                    parent == null ? null : parent.id(),
                    wanted.name(),
                    wanted.description(),
                    wanted.enabled(),
                    wanted.enabled(),
                    authority.provider() ? wanted.plan() : inherited(db, domainId, wanted.plan()),
                    wanted.tags(),
                    wanted.immutable(),
                    wanted.extra());
            projects.insert(db, project);
            history.record(db, caller, "create", thing(project), Changes.made(project));
            return project;
        });
    }

    /** Held, so that it stays enabled and where it is; null when the parent is the domain itself. */
    private @Nullable Project parent(Db db, @Nullable String parentId, String domainId) {
        if (parentId == null || parentId.equals(domainId)) {
            return null;
        }
        Project parent = projects.held(db, parentId)
                .orElseThrow(() -> Refusal.invalid("Could not find project: " + Texts.shown(parentId) + "."));
        tree.checkNew(db, parent, domainId);
        return parent;
    }

    private String home(Db db, Caller caller, Authority authority, Wanted wanted) {
        if (!authority.provider()) {
            String own = authority.ownDomain();
            if (wanted.domainId() != null && !wanted.domainId().equals(own)) {
                throw Refusal.forbidden("You may do this in your own domain only.");
            }
            return own;
        }
        if (wanted.domainId() != null) {
            return wanted.domainId();
        }
        if (wanted.parentId() != null) {
            return projects.byId(db, wanted.parentId()).map(Project::domainId).orElse(wanted.parentId());
        }
        return Domain.meantBy(caller.token());
    }

    /** A customer's further project is under the plan of the first. */
    private @Nullable String inherited(Db db, String domainId, @Nullable String asked) {
        List<Project> present = projects.list(db, ProjectStore.Filter.ofDomain(domainId), Page.whole());
        if (present.size() >= PER_DOMAIN) {
            throw Refusal.overQuota(
                    "A customer may have " + PER_DOMAIN + " projects. Delete one, or ask the operator for more.");
        }
        String plan = present.isEmpty() ? null : present.getFirst().plan();
        if (asked != null && !asked.equals(plan)) {
            throw Refusal.forbidden("Only an operator may choose the plan of a project.");
        }
        return plan;
    }

    public Project update(Caller caller, String id, UnaryOperator<Project> change) {
        return transactions.asCaller(caller, db -> {
            Authority authority = rights.of(db, caller).toChange();
            Project old = changeable(db, authority, id);
            Project fresh = change.apply(old);
            if (!Objects.equals(old.plan(), fresh.plan()) && !authority.provider()) {
                throw Refusal.forbidden("Only an operator may choose the plan of a project.");
            }
            if (!old.name().equals(fresh.name())
                    && projects.heldByName(db, fresh.name(), old.domainId(), null)
                            .isPresent()) {
                throw Refusal.conflict("A project with this name is in the domain already. Choose another name.");
            }
            tree.checkChange(db, old, fresh);
            projects.update(db, fresh);
            history.record(
                    db,
                    caller,
                    "update",
                    thing(fresh),
                    Map.of("enabled", String.valueOf(fresh.enabled()), "old_name", old.name()),
                    Changes.between(old, fresh));
            if (old.enabled() && !fresh.enabled()) {
                revocations.revoke(db, Subject.PROJECT, id);
            }
            return projects.byId(db, id).orElseThrow();
        });
    }

    public Project retag(Caller caller, String id, UnaryOperator<List<String>> change) {
        return transactions.asCaller(caller, db -> {
            Project old = changeable(db, rights.of(db, caller).toChange(), id);
            Immutable.checkChange("project", id, old.immutable());
            Project fresh = old.tagged(change.apply(old.tags()));
            projects.update(db, fresh);
            history.record(
                    db,
                    caller,
                    "update",
                    thing(fresh),
                    Map.of("tags", String.join(",", fresh.tags())),
                    Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            Project project = changeable(db, rights.of(db, caller).toChange(), id);
            Immutable.checkDelete("project", id, project.immutable());
            tree.checkDelete(db, project);
            history.record(db, caller, "delete", thing(project), Changes.gone(project));
            projects.delete(db, id);
            revocations.revoke(db, Subject.PROJECT, id);
        });
    }

    private Project changeable(Db db, Authority authority, String id) {
        Project project = projects.forChange(db, id).orElseThrow(() -> ApiErrors.absent("project", id));
        authority.need(project.domainId(), ApiErrors.hidden("project", id));
        return project;
    }

    private static History.Thing thing(Project project) {
        return new History.Thing("project", project.id(), project.name(), project.domainId(), project.id());
    }
}
