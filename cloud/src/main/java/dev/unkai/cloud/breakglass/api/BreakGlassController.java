package dev.unkai.cloud.breakglass.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.breakglass.BreakGlass;
import dev.unkai.cloud.breakglass.BreakGlassCase;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfHost;
import dev.unkai.cloud.breakglass.BreakGlassCase.OfProject;
import dev.unkai.cloud.breakglass.BreakGlassCase.Person;
import dev.unkai.cloud.breakglass.BreakGlassSetting;
import dev.unkai.cloud.breakglass.HostLogIns;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators' access to customers' projects and to hosts: asked for, granted, ended, reviewed. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/break-glass")
class BreakGlassController {
    private static final int LONGEST = 500;
    private static final int LONGEST_TICKET = 64;
    private static final int LEAST_MINUTES = 5;
    private static final int MOST_MINUTES = 480;

    private final BreakGlass breakGlass;
    private final HostLogIns logIns;

    BreakGlassController(BreakGlass breakGlass, HostLogIns logIns) {
        this.breakGlass = breakGlass;
        this.logIns = logIns;
    }

    /**
     * For a project, or for a host.
     *
     * @param state requested, lapsed, declined, running, review_due or reviewed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CaseView(
            UUID id,
            @Nullable String project,
            @Nullable HostName host,
            String reason,
            String ticket,
            int minutes,
            @OneOf(of = BreakGlassCase.State.class) String state,
            Person requestedBy,
            Instant requestedAt,
            @Nullable Person decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Instant endsAt,
            @Nullable Person endedBy,
            @Nullable Person reviewedBy,
            @Nullable Instant reviewedAt,
            @Nullable String reviewNote) {
        static CaseView of(BreakGlassCase one) {
            return new CaseView(
                    one.id(),
                    one.subject() instanceof OfProject(String project) ? project : null,
                    one.subject() instanceof OfHost(UUID host, String name) ? new HostName(host, name) : null,
                    one.reason(),
                    one.ticket(),
                    one.minutes(),
                    one.state().name().toLowerCase(Locale.ROOT),
                    one.requested(),
                    one.requestedAt(),
                    one.decided(),
                    one.decidedAt(),
                    one.endsAt(),
                    one.ended(),
                    one.reviewed(),
                    one.reviewedAt(),
                    one.reviewNote());
        }
    }

    /** A host, with the name that it had then. */
    record HostName(UUID id, String name) {}

    /**
     * @param setting open or required
     * @param logIns on hosts without an access, which nobody has looked into
     */
    record Listing(@OneOf(of = BreakGlassSetting.class) String setting, List<CaseView> cases, List<LogInView> logIns) {}

    /** All accesses, newest first, and the log-ins on hosts that nobody has looked into. */
    @Allow("operation:break-glass:list")
    @GetMapping
    Listing list(Caller caller) {
        return new Listing(
                breakGlass.setting().word(),
                breakGlass.list(caller).stream().map(CaseView::of).toList(),
                logIns.alarms(caller).stream().map(LogInView::of).toList());
    }

    /** Of project and host, one. */
    record Wish(
            @Nullable String project,
            @Nullable UUID host,
            @Needed @Nullable String reason,
            @Needed @Nullable String ticket,
            @Needed @Nullable Integer minutes) {}

    /** Asks for access to a customer's project or to a host. Somebody else decides. */
    @Allow("operation:break-glass:request")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CaseView request(Caller caller, @RequestBody Wish body) {
        String project = body.project();
        UUID host = body.host();
        if ((project == null) == (host == null)) {
            throw Refusal.invalid("Say \"project\" or \"host\": what the access is for.");
        }
        if (project != null && !project.matches("[A-Za-z0-9_-]{1,64}")) {
            throw Refusal.invalid("\"project\" has to be the id of a project.");
        }
        Integer minutes = body.minutes();
        if (minutes == null || minutes < LEAST_MINUTES || minutes > MOST_MINUTES) {
            throw Refusal.invalid("\"minutes\" is a number from " + LEAST_MINUTES + " to " + MOST_MINUTES + ".");
        }
        String reason = text("reason", body.reason(), LONGEST);
        String ticket = text("ticket", body.ticket(), LONGEST_TICKET);
        return CaseView.of(
                host == null
                        ? breakGlass.request(caller, requireNonNull(project), reason, ticket, minutes)
                        : breakGlass.request(caller, host, reason, ticket, minutes));
    }

    /** Grants it. Not by who has asked for it. */
    @Allow("operation:break-glass:decide")
    @PutMapping("/{id}/approval")
    CaseView approve(Caller caller, @PathVariable UUID id) {
        return CaseView.of(breakGlass.approve(caller, id));
    }

    /** Refuses the request, or takes one's own back. */
    @Allow("operation:break-glass:end")
    @DeleteMapping("/{id}/approval")
    CaseView decline(Caller caller, @PathVariable UUID id) {
        return CaseView.of(breakGlass.decline(caller, id));
    }

    /** Ends a running access at once. */
    @Allow("operation:break-glass:end")
    @PutMapping("/{id}/end")
    CaseView end(Caller caller, @PathVariable UUID id) {
        return CaseView.of(breakGlass.end(caller, id));
    }

    record ReviewBody(@Needed @Nullable String note) {}

    /** Signs, after its end, that somebody has looked into what was done with it. */
    @Allow("operation:break-glass:review")
    @PutMapping("/{id}/review")
    CaseView review(Caller caller, @PathVariable UUID id, @RequestBody ReviewBody body) {
        return CaseView.of(breakGlass.review(caller, id, text("note", body.note(), LONGEST)));
    }

    /** Signs that somebody has looked into a log-in without an access. */
    @Allow("operation:break-glass:review")
    @PutMapping("/log-ins/{id}/review")
    LogInView signLogIn(Caller caller, @PathVariable UUID id, @RequestBody ReviewBody body) {
        return LogInView.of(logIns.sign(caller, id, text("note", body.note(), LONGEST)));
    }

    private static String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest || value.indexOf('\0') >= 0) {
            throw Refusal.invalid("\"" + field + "\" has to be a text of 1 to " + longest + " characters.");
        }
        return value.strip();
    }
}
