package dev.unkai.identity.project;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules of projects below projects: all above an enabled project are enabled, and none loses what is below it. */
@Component
public final class ProjectTree {
    /** As deep as the reference lets a branch become when nothing is configured, the domain not counted. */
    private static final int DEEPEST = 5;

    private final ProjectStore projects;

    public ProjectTree(ProjectStore projects) {
        this.projects = projects;
    }

    /** Throws a refusal unless a project of the domain may be made below the parent, which must be held. */
    void checkNew(Db db, Project parent, String domainId) {
        if (!parent.domainId().equals(domainId)) {
            throw Refusal.invalid("Cannot create project, since it specifies its domain_id " + domainId
                    + ", but specifies a parent in a different domain (" + parent.domainId() + ").");
        }
        List<Project> above = projects.above(db, parent.id());
        if (!parent.enabled() || above.stream().anyMatch(project -> !project.enabled())) {
            throw Refusal.invalid("cannot create a project in a branch containing a disabled project.");
        }
        if (above.size() + 2 > DEEPEST) {
            throw Refusal.forbidden("Max hierarchy depth reached for " + parent.id() + " branch.");
        }
    }

    void checkChange(Db db, Project old, Project fresh) {
        if (!old.enabled()
                && fresh.enabled()
                && projects.above(db, old.id()).stream().anyMatch(project -> !project.enabled())) {
            throw Refusal.forbidden("Cannot enable project " + old.id() + " since it has disabled parents");
        }
        if (old.enabled()
                && !fresh.enabled()
                && projects.below(db, old.id()).stream().anyMatch(Project::enabled)) {
            throw Refusal.forbidden("Cannot disable project " + old.id()
                    + " since its subtree contains enabled projects. Disable those first.");
        }
    }

    void checkDelete(Db db, Project project) {
        if (!projects.below(db, project.id()).isEmpty()) {
            throw Refusal.forbidden("Cannot delete the project " + project.id()
                    + " since it is not a leaf in the hierarchy. Delete the projects below it first.");
        }
    }

    /** {@code {parent: {grandparent: {domain: null}}}}, as {@code parents_as_ids} asks. */
    static Map<String, @Nullable Object> parentsAsIds(Project project, List<Project> above) {
        Map<String, @Nullable Object> ids = new LinkedHashMap<>();
        ids.put(project.domainId(), null);
        for (Project parent : above.reversed()) {
            Map<String, @Nullable Object> lower = new LinkedHashMap<>();
            lower.put(parent.id(), ids);
            ids = lower;
        }
        return ids;
    }

    /** {@code {child: {grandchild: null}}}, or null where nothing is below, as {@code subtree_as_ids} asks. */
    static @Nullable Map<String, @Nullable Object> subtreeAsIds(String id, List<Project> below) {
        Map<String, @Nullable Object> ids = new LinkedHashMap<>();
        for (Project project : below) {
            if (id.equals(project.parentId())) {
                ids.put(project.id(), subtreeAsIds(project.id(), below));
            }
        }
        return ids.isEmpty() ? null : ids;
    }
}
