package dev.unkai.identity.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unkai.base.access.Allow;
import dev.unkai.identity.api.Listing;
import dev.unkai.identity.api.Listing.Self;
import dev.unkai.identity.catalog.CatalogStore.Endpoint;
import dev.unkai.identity.catalog.EndpointGroupController.GroupView;
import dev.unkai.identity.catalog.EndpointGroupStore.Choice;
import dev.unkai.identity.project.Project;
import dev.unkai.identity.project.ProjectView;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v3/OS-EP-FILTER}: which endpoints and groups of them are chosen for which projects. */
@RestController
@RequestMapping("/identity/v3/OS-EP-FILTER")
public final class EndpointChoiceController {
    private final EndpointChoices choices;
    private final Listing listing;

    public EndpointChoiceController(EndpointChoices choices, Listing listing) {
        this.choices = choices;
        this.listing = listing;
    }

    /** That a group is chosen for a project. */
    record ChoiceView(
            @JsonProperty("endpoint_group_id") String group,
            @JsonProperty("project_id") String project,
            Self links) {}

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/endpoints/{endpoint}/projects")
    Map<String, Object> projectsWithEndpoint(Caller caller, @PathVariable String endpoint, HttpServletRequest request) {
        return projects(choices.projectsWith(caller, Choice.ENDPOINT, endpoint), request);
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/endpoint_groups/{group}/projects")
    Map<String, Object> projectsWithGroup(Caller caller, @PathVariable String group, HttpServletRequest request) {
        return projects(choices.projectsWith(caller, Choice.GROUP, group), request);
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/endpoint_groups/{group}/endpoints")
    Map<String, Object> endpointsIn(Caller caller, @PathVariable String group, HttpServletRequest request) {
        return endpoints(choices.endpointsIn(caller, group), request);
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/projects/{project}/endpoints")
    Map<String, Object> endpointsOf(Caller caller, @PathVariable String project, HttpServletRequest request) {
        return endpoints(choices.endpointsOf(caller, project), request);
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/projects/{project}/endpoint_groups")
    Map<String, Object> groupsOf(Caller caller, @PathVariable String project, HttpServletRequest request) {
        return listing.<EndpointGroup>whole(
                "endpoint_groups", choices.groupsOf(caller, project), group -> GroupView.of(group, listing), request);
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/projects/{project}/endpoints/{endpoint}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void checkEndpoint(Caller caller, @PathVariable String project, @PathVariable String endpoint) {
        choices.check(caller, Choice.ENDPOINT, endpoint, project);
    }

    @Allow("identity:endpoint-choice:change")
    @PutMapping("/projects/{project}/endpoints/{endpoint}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void chooseEndpoint(Caller caller, @PathVariable String project, @PathVariable String endpoint) {
        choices.choose(caller, Choice.ENDPOINT, endpoint, project);
    }

    @Allow("identity:endpoint-choice:change")
    @DeleteMapping("/projects/{project}/endpoints/{endpoint}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdrawEndpoint(Caller caller, @PathVariable String project, @PathVariable String endpoint) {
        choices.withdraw(caller, Choice.ENDPOINT, endpoint, project);
    }

    @Allow("identity:endpoint-choice:show")
    @GetMapping("/endpoint_groups/{group}/projects/{project}")
    Map<String, ChoiceView> checkGroup(Caller caller, @PathVariable String group, @PathVariable String project) {
        choices.check(caller, Choice.GROUP, group, project);
        return Map.of(
                "project_endpoint_group",
                new ChoiceView(
                        group,
                        project,
                        listing.self("/OS-EP-FILTER/endpoint_groups/" + group + "/projects/" + project)));
    }

    @Allow("identity:endpoint-choice:change")
    @PutMapping("/endpoint_groups/{group}/projects/{project}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void chooseGroup(Caller caller, @PathVariable String group, @PathVariable String project) {
        choices.choose(caller, Choice.GROUP, group, project);
    }

    @Allow("identity:endpoint-choice:change")
    @DeleteMapping("/endpoint_groups/{group}/projects/{project}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdrawGroup(Caller caller, @PathVariable String group, @PathVariable String project) {
        choices.withdraw(caller, Choice.GROUP, group, project);
    }

    private Map<String, Object> projects(List<Project> found, HttpServletRequest request) {
        return listing.<Project>whole("projects", found, project -> ProjectView.of(project, listing), request);
    }

    private Map<String, Object> endpoints(List<Endpoint> found, HttpServletRequest request) {
        return listing.<Endpoint>whole("endpoints", found, end -> EndpointView.of(end, listing), request);
    }
}
