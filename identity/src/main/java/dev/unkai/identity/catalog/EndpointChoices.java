package dev.unkai.identity.catalog;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.EndpointGroupStore.Choice;
import dev.unkai.identity.event.History;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which endpoints a project's catalog shows, alone or by groups, as operators choose. It is a view of the catalog and no
 * fence: the services themselves look at tokens, not at catalogs.
 */
@Component
public final class EndpointChoices {
    private final Transactions transactions;
    private final EndpointGroupStore groups;
    private final CatalogStore catalog;
    private final ProjectStore projects;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    public EndpointChoices(
            Transactions transactions,
            EndpointGroupStore groups,
            CatalogStore catalog,
            ProjectStore projects,
            Rights rights,
            History history,
            Ids ids) {
        this.transactions = transactions;
        this.groups = groups;
        this.catalog = catalog;
        this.projects = projects;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    public List<EndpointGroup> list(Caller caller, @Nullable String name) {
        return transactions.asCaller(caller, db -> groups.list(db, name));
    }

    public EndpointGroup show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> present(db, id));
    }

    /** @param wanted its id is ignored for a new one */
    public EndpointGroup create(Caller caller, EndpointGroup wanted) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            EndpointGroup group = new EndpointGroup(
                    ids.nextHex(),
                    wanted.name(),
                    wanted.description(),
                    wanted.serviceId(),
                    wanted.regionId(),
                    wanted.face());
            groups.put(db, group);
            history.record(db, caller, "create", thing(group), Changes.made(group));
            return group;
        });
    }

    public EndpointGroup update(Caller caller, String id, UnaryOperator<EndpointGroup> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            EndpointGroup old = present(db, id);
            EndpointGroup fresh = change.apply(old);
            groups.put(db, fresh);
            history.record(db, caller, "update", thing(fresh), Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            EndpointGroup group = present(db, id);
            history.record(db, caller, "delete", thing(group), Changes.gone(group));
            groups.delete(db, id);
        });
    }

    public List<EndpointGroup> groupsOf(Caller caller, String projectId) {
        return transactions.asCaller(
                caller, db -> groups.ofProject(db, project(db, projectId).id()));
    }

    /** Those that the project's catalog is narrowed to; none: it is whole. */
    public List<Endpoint> endpointsOf(Caller caller, String projectId) {
        return transactions.asCaller(
                caller, db -> catalog.chosenEndpoints(db, project(db, projectId).id()));
    }

    public List<Endpoint> endpointsIn(Caller caller, String groupId) {
        return transactions.asCaller(caller, db -> {
            EndpointGroup group = present(db, groupId);
            return catalog.endpoints(db, group.face(), group.serviceId(), group.regionId());
        });
    }

    /** Those that an endpoint, or a group, is chosen for. */
    public List<Project> projectsWith(Caller caller, Choice what, String id) {
        return transactions.asCaller(caller, db -> {
            known(db, what, id);
            return groups.projects(db, what, id).stream()
                    .flatMap(project -> projects.byId(db, project).stream())
                    .toList();
        });
    }

    public void choose(Caller caller, Choice what, String id, String projectId) {
        change(caller, what, id, projectId, true);
    }

    public void withdraw(Caller caller, Choice what, String id, String projectId) {
        change(caller, what, id, projectId, false);
    }

    /** Throws a refusal when it is not chosen for the project. */
    public void check(Caller caller, Choice what, String id, String projectId) {
        transactions.doAsCaller(caller, db -> {
            known(db, what, id);
            if (!groups.isChosen(db, what, id, project(db, projectId).id())) {
                throw notChosen();
            }
        });
    }

    private void change(Caller caller, Choice what, String id, String projectId, boolean chosen) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            known(db, what, id);
            change(db, caller, what, id, project(db, projectId), chosen);
        });
    }

    private void change(Db db, Caller caller, Choice what, String id, Project project, boolean chosen) {
        boolean changed =
                chosen ? groups.choose(db, what, id, project.id()) : groups.withdraw(db, what, id, project.id());
        if (!changed && !chosen) {
            throw notChosen();
        }
        if (changed) {
            history.record(
                    db,
                    caller,
                    chosen ? "choose" : "withdraw",
                    new History.Thing(
                            what == Choice.GROUP ? "endpoint_group" : "endpoint",
                            id,
                            null,
                            project.domainId(),
                            project.id()),
                    Map.of("project", project.name()));
        }
    }

    private static Refusal notChosen() {
        return Refusal.notFound("It is not chosen for this project.");
    }

    private Project project(Db db, String id) {
        return projects.byId(db, id).orElseThrow(() -> ApiErrors.absent("project", id));
    }

    private EndpointGroup present(Db db, String id) {
        return groups.byId(db, id).orElseThrow(() -> ApiErrors.absent("endpoint group", id));
    }

    private void known(Db db, Choice what, String id) {
        switch (what) {
            case GROUP -> present(db, id);
            case ENDPOINT -> {
                if (catalog.endpoint(db, id).isEmpty()) {
                    throw ApiErrors.absent("endpoint", id);
                }
            }
        }
    }

    private static History.Thing thing(EndpointGroup group) {
        return new History.Thing("endpoint_group", group.id(), group.name(), null, null);
    }
}
