package dev.unkai.wire.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.event.Changes;
import dev.unkai.base.event.OutboxEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.TrustClaim;
import dev.unkai.wire.token.ViewingClaim;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One thing that happened, in the Cloud Auditing Data Federation's form (DSP0262 1.0.0). Values are text that may be
 * shown to the customer: never a token, a password or user data.
 *
 * @param action {@code create}, {@code update}, {@code delete}, {@code start}, {@code authenticate} …
 * @param reason why it failed, for people; null on success
 * @param attachments further facts, name → text
 * @param changes what was changed, field by field; null where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CadfEvent(
        String typeURI,
        String id,
        String eventType,
        Instant eventTime,
        String action,
        String outcome,
        Initiator initiator,
        Target target,
        Observer observer,
        @Nullable Reason reason,
        @Nullable Map<String, String> attachments,
        @Nullable String requestId,
        @Nullable List<Change> changes)
        implements OutboxEvent {
    private static final String TYPE = "http://schemas.dmtf.org/cloud/audit/1.0/event";
    /** The type of initiator that a customer's schedule is. */
    public static final String SCHEDULE = "service/compute/schedule";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Who did it; {@code typeURI} is {@code service/security/account/user} or {@code service} for the system itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Initiator(
            String id,
            String typeURI,
            String name,
            @Nullable String project_id,
            @Nullable String domain_id,
            @Nullable Host host) {}

    /** Where the initiator was: address and client program. */
    public record Host(String address, String agent) {}

    /** What it was done to; {@code typeURI} such as {@code compute/server}. {@code project_id} owns the history entry. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            String id,
            String typeURI,
            @Nullable String name,
            @Nullable String project_id) {}

    /** The process that saw it. */
    public record Observer(String id, String typeURI) {}

    /** The code is the HTTP status of a refusal or a fault's name. */
    public record Reason(String reasonType, String reasonCode) {}

    /**
     * A field before and after; a confidential one has neither, and says so.
     *
     * @param confidential true, or null for everything else
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String field,
            @Nullable String before,
            @Nullable String after,
            @Nullable Boolean confidential) {
        private static Change of(Changes.Change change) {
            return new Change(change.field(), change.before(), change.after(), change.confidential() ? true : null);
        }
    }

    /** Something that a caller did. */
    public static CadfEvent by(Caller caller, String action, Target target, Instant at) {
        return event(
                        new Initiator(
                                caller.user(),
                                "service/security/account/user",
                                caller.token().userName(),
                                home(caller),
                                caller.token().userDomainId(),
                                new Host(caller.address(), caller.agent())),
                        action,
                        target,
                        at,
                        caller.requestId())
                .by(caller.token().trust())
                .by(caller.token().viewing());
    }

    /** Whoever looks as a customer sees it is still of the provider's project. */
    private static @Nullable String home(Caller caller) {
        ViewingClaim viewing = caller.token().viewing();
        return viewing == null ? caller.projectOrNull() : viewing.fromProjectId();
    }

    /** What is done in a view as customer says so. */
    private CadfEvent by(@Nullable ViewingClaim viewing) {
        return viewing == null ? this : with(Map.of("viewing", viewing.id()));
    }

    /** Who acts with a trust stands in the event, also where it acts under another's name. */
    private CadfEvent by(@Nullable TrustClaim trust) {
        return trust == null ? this : with(Map.of("trust", trust.id(), "trustee", trust.trusteeId()));
    }

    /** Something that was done for a customer by what he set up: a schedule. */
    public static CadfEvent by(Initiator initiator, String action, Target target, Instant at, String requestId) {
        return event(initiator, action, target, at, requestId);
    }

    /** Something that Unkai itself did: a reconciler, a host. */
    public static CadfEvent bySystem(
            String process, String action, Target target, Instant at, @Nullable String requestId) {
        return event(new Initiator(process, "service", process, null, null, null), action, target, at, requestId);
    }

    /** Something that somebody without a good token tried. */
    public static CadfEvent byUnknown(
            String claimedName,
            String address,
            String agent,
            String action,
            Target target,
            Instant at,
            String requestId) {
        return event(
                new Initiator(
                        "unknown", "service/security/account/user", claimedName, null, null, new Host(address, agent)),
                action,
                target,
                at,
                requestId);
    }

    private static CadfEvent event(
            Initiator initiator, String action, Target target, Instant at, @Nullable String requestId) {
        String process = System.getProperty("unkai.process", "cloud");
        return new CadfEvent(
                TYPE,
                UUID.randomUUID().toString(),
                "activity",
                at,
                action,
                "success",
                initiator,
                target,
                new Observer(process, "service/" + process),
                null,
                null,
                requestId,
                null);
    }

    /** The same event as a failure with its reason. */
    public CadfEvent failed(String code, String sentence) {
        return new CadfEvent(
                typeURI,
                id,
                eventType,
                eventTime,
                action,
                "failure",
                initiator,
                target,
                observer,
                new Reason(sentence, code),
                attachments,
                requestId,
                changes);
    }

    /** The same event as one that has only begun; another tells how it ended. */
    public CadfEvent pending() {
        return new CadfEvent(
                typeURI,
                id,
                eventType,
                eventTime,
                action,
                "pending",
                initiator,
                target,
                observer,
                reason,
                attachments,
                requestId,
                changes);
    }

    /** The same event of another target: one whose project has it in its history. */
    public CadfEvent about(Target other) {
        return new CadfEvent(
                typeURI,
                id,
                eventType,
                eventTime,
                action,
                outcome,
                initiator,
                other,
                observer,
                reason,
                attachments,
                requestId,
                changes);
    }

    /** The same as an event of its own. */
    public CadfEvent renamed(UUID name) {
        return new CadfEvent(
                typeURI,
                name.toString(),
                eventType,
                eventTime,
                action,
                outcome,
                initiator,
                target,
                observer,
                reason,
                attachments,
                requestId,
                changes);
    }

    /** The same event with further facts, by names that have words ({@link EventNames}). */
    public CadfEvent with(Map<String, String> facts) {
        assert facts.keySet().stream().allMatch(EventNames::hasFact) : "Facts without words: " + facts.keySet();
        Map<String, String> all = new HashMap<>(attachments == null ? Map.of() : attachments);
        all.putAll(facts);
        return new CadfEvent(
                typeURI,
                id,
                eventType,
                eventTime,
                action,
                outcome,
                initiator,
                target,
                observer,
                reason,
                Map.copyOf(all),
                requestId,
                changes);
    }

    /** The same event with what was changed, by names that have words ({@link EventNames}). */
    public CadfEvent with(Changes what) {
        assert what.all().stream().allMatch(change -> EventNames.hasField(change.field()))
                : "Fields without words: " + what;
        return new CadfEvent(
                typeURI,
                id,
                eventType,
                eventTime,
                action,
                outcome,
                initiator,
                target,
                observer,
                reason,
                attachments,
                requestId,
                what.isEmpty() ? null : what.all().stream().map(Change::of).toList());
    }

    /** The target's project, else the initiator's. */
    @Override
    @JsonIgnore
    public @Nullable String projectId() {
        return target.project_id() != null ? target.project_id() : initiator.project_id();
    }

    @Override
    public String json() {
        return JSON.writeValueAsString(this);
    }
}
