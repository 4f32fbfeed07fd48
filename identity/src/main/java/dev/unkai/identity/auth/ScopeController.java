package dev.unkai.identity.auth;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.catalog.Catalog;
import dev.unkai.identity.catalog.CatalogView;
import dev.unkai.identity.domain.Domain;
import dev.unkai.identity.domain.DomainView;
import dev.unkai.identity.domain.Domains;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectView;
import dev.unkai.identity.project.Projects;
import dev.unkai.identity.role.Assignments;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the bearer of a token could go, and the catalog of where it is ({@code /v3/auth/…}). */
@RestController
@RequestMapping("/identity/v3/auth")
public final class ScopeController {
    private final Projects projects;
    private final Domains domains;
    private final Assignments assignments;
    private final Catalog catalog;
    private final Transactions transactions;
    private final Listing listing;

    public ScopeController(
            Projects projects,
            Domains domains,
            Assignments assignments,
            Catalog catalog,
            Transactions transactions,
            Listing listing) {
        this.projects = projects;
        this.domains = domains;
        this.assignments = assignments;
        this.catalog = catalog;
        this.transactions = transactions;
        this.listing = listing;
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/catalog")
    Map<String, Object> catalog(Caller caller) {
        var token = caller.token();
        if (token.projectId() == null && token.scopeDomainId() == null && !token.systemScope()) {
            throw Refusal.forbidden("This token has no scope, so it has no catalog. Log in with a scope.");
        }
        List<CatalogView> services = transactions.asCaller(caller, db -> catalog.of(db, token));
        return Map.of("catalog", services, "links", listing.self("/auth/catalog"));
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/projects")
    Map<String, Object> projects(Caller caller, HttpServletRequest request) {
        return listing.<Project>whole(
                "projects", projects.ofCaller(caller), project -> ProjectView.of(project, listing), request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/domains")
    Map<String, Object> domains(Caller caller, HttpServletRequest request) {
        return listing.<Domain>whole(
                "domains", domains.ofCaller(caller), domain -> DomainView.of(domain, listing), request);
    }

    @Allow(Allow.ANY_TOKEN)
    @GetMapping("/system")
    Map<String, Object> system(Caller caller) {
        List<Map<String, Boolean>> scopes =
                assignments.hasSystemRole(caller) ? List.of(Map.of("all", true)) : List.of();
        return Map.of("system", scopes, "links", listing.self("/auth/system"));
    }
}
