package dev.unkai.cloud.contract.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.cloud.compute.QuotaResource;
import dev.unkai.cloud.contract.Reviews;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications, for operators. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/applications")
final class ReviewController {
    private static final int LONGEST_REASON = 2_000;
    private static final int MOST = 10_000_000;

    private final Reviews reviews;

    ReviewController(Reviews reviews) {
        this.reviews = reviews;
    }

    record Listing(List<ApplicationView> applications) {}

    /**
     * @param quota limits other than the service's own, such as {@code {"instances": 20}}; null: none
     * @param addresses where the contract may be used from (CIDR); null: as the applicant gave it
     */
    record Approval(
            @Nullable Map<String, @Nullable Integer> quota,
            @Nullable List<@Nullable String> addresses) {}

    record Denial(@Needed @Nullable String reason) {}

    /** All applications, newest first. */
    @Allow("application:list")
    @GetMapping
    Listing list(Caller caller) {
        return new Listing(
                reviews.list(caller).stream().map(ApplicationView::listed).toList());
    }

    /** One application with what has happened. */
    @Allow("application:list")
    @GetMapping("/{application}")
    ApplicationView show(Caller caller, @PathVariable String application) {
        return ApplicationView.forOperators(reviews.show(caller, application));
    }

    /** Approves it. The applicant gets a mail with the link to the consent. */
    @Allow("application:decide")
    @PostMapping("/{application}/approval")
    ApplicationView approve(Caller caller, @PathVariable String application, @RequestBody Approval body) {
        Map<String, Integer> quota = new LinkedHashMap<>();
        if (body.quota() != null) {
            body.quota().forEach((resource, limit) -> {
                if (QuotaResource.of(resource).isEmpty() || limit == null || limit < -1 || limit > MOST) {
                    throw Refusal.invalid(
                            "\"quota\" names resources such as instances, cores and ram (MiB), each with a limit"
                                    + " from -1 (none) to " + MOST + ".");
                }
                quota.put(resource, limit);
            });
        }
        return ApplicationView.forOperators(reviews.approve(
                caller, application, quota, body.addresses() == null ? null : Bodies.prefixes(body.addresses())));
    }

    /** Refuses it. The applicant gets a mail with the reason. */
    @Allow("application:decide")
    @PostMapping("/{application}/refusal")
    ApplicationView refuse(Caller caller, @PathVariable String application, @RequestBody Denial body) {
        String reason = Bodies.lines(body.reason(), "reason", LONGEST_REASON);
        if (reason.isEmpty()) {
            throw Refusal.invalid("Give the reason: the applicant reads it.");
        }
        return ApplicationView.forOperators(reviews.refuse(caller, application, reason));
    }
}
