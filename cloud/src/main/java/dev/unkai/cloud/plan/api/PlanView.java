package dev.unkai.cloud.plan.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.cloud.plan.CredentialPolicy;
import dev.unkai.cloud.plan.CredentialPolicy.Expiry;
import dev.unkai.cloud.plan.Enforcement;
import dev.unkai.cloud.plan.MonitoringPolicy;
import dev.unkai.cloud.plan.PlacementPolicy;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PlanText;
import dev.unkai.cloud.plan.Plans.Published;
import dev.unkai.cloud.plan.Residency;
import dev.unkai.cloud.plan.ResponsibilityMatrix;
import dev.unkai.cloud.plan.Words;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A version of a plan as the Service API shows it; words are those of the plan's document.
 *
 * @param residency ISO 3166-1 codes of the countries where data may be; null: anywhere
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PlanView(
        String id,
        int version,
        boolean newest,
        boolean offered,
        Instant publishedAt,
        String sha256,
        Words name,
        Words summary,
        Credentials credentials,
        @OneOf({"provider", "customer"}) String userAdministration,
        @OneOf({"source-addresses", "ssl-vpn"}) List<String> portalAccess,
        Placement placement,

        @OneOf({"none", "same-host", "other-host", "other-site"})
        String backup,

        @Nullable List<String> residency,
        Monitoring monitoring,
        Erasure erasure,
        Notice notice,
        Retention retention,
        List<Kept> enforcement,
        List<PlanText> texts,
        Responsibilities responsibilities) {

    /**
     * @param issued {@code provider-issued} or {@code self-service}
     * @param expiresAfterDays null: never
     * @param resetMinutes how long a reset link is good; null: there are none
     * @param secondFactor who needs one: {@code by-role}, {@code everyone} or {@code as-set-up}
     */
    record Credentials(
            @OneOf({"provider-issued", "self-service"}) String issued,
            @Nullable Integer expiresAfterDays,
            int differsFromLast,
            @Nullable Integer resetMinutes,
            @OneOf({"by-role", "everyone", "as-set-up"}) String secondFactor) {}

    /** @param fewestHosts of a contract on dedicated hosts, else null */
    record Placement(
            @OneOf({"shared", "dedicated"}) String hosts,
            @Nullable Integer fewestHosts) {}

    record Monitoring(
            @OneOf({"cpu", "memory", "disk", "network"}) List<String> graphs,
            @OneOf({"cpu", "memory", "disk", "network"}) List<String> standardAlarms) {}

    record Erasure(@OneOf({"objects", "objects-and-hosts"}) String extent, int graceDays) {}

    record Notice(
            int maintenanceDays,
            int incidentBusinessDays,
            int planChangeDays,

            @OneOf({"mail", "console", "web-site", "telephone"})
            List<String> channels) {}

    record Retention(int operationDays, int signInDays) {}

    /** Whether the system keeps the policy by itself. @param by the class that does; null: people do */
    record Kept(String policy, boolean enforced, @Nullable String by) {}

    record Responsibilities(List<ResponsibilityMatrix.Party> parties, List<Layer> layers) {}

    record Layer(String id, Words name, List<Cell> cells) {}

    /**
     * @param party id of the party
     * @param share {@code whole}, {@code part} or {@code none}
     */
    record Cell(
            String party, @OneOf({"whole", "part", "none"}) String share, Words text) {}

    static PlanView of(Published published) {
        Plan plan = published.plan();
        return new PlanView(
                plan.id(),
                plan.version(),
                published.newest(),
                published.offered(),
                published.publishedAt(),
                published.hash(),
                plan.name(),
                plan.summary(),
                credentials(plan.credentials()),
                word(plan.userAdministration()),
                words(plan.portalAccess().ordered()),
                placement(plan.placement()),
                word(plan.backup()),
                residency(plan.residency()),
                new Monitoring(
                        words(MonitoringPolicy.ordered(plan.monitoring().graphs())),
                        words(MonitoringPolicy.ordered(plan.monitoring().standardAlarms()))),
                new Erasure(word(plan.erasure().extent()), plan.erasure().graceDays()),
                new Notice(
                        plan.notice().maintenanceDays(),
                        plan.notice().incidentBusinessDays(),
                        plan.notice().planChangeDays(),
                        words(plan.notice().ordered())),
                new Retention(plan.retention().operationDays(), plan.retention().signInDays()),
                Arrays.stream(Enforcement.values())
                        .map(one -> new Kept(one.policy(), one.keeper() != null, one.keeper()))
                        .toList(),
                plan.texts(),
                responsibilities(plan.responsibilities()));
    }

    private static Credentials credentials(CredentialPolicy policy) {
        Integer days = switch (policy.expiry()) {
            case Expiry.Never() -> null;
            case Expiry.After(int after) -> after;
        };
        return switch (policy) {
            case CredentialPolicy.ProviderIssued issued ->
                new Credentials("provider-issued", days, issued.differsFromLast(), null, word(policy.secondFactor()));
            case CredentialPolicy.SelfService self ->
                new Credentials(
                        "self-service", days, self.differsFromLast(), self.resetMinutes(), word(policy.secondFactor()));
        };
    }

    private static Placement placement(PlacementPolicy policy) {
        return switch (policy) {
            case PlacementPolicy.SharedHosts() -> new Placement("shared", null);
            case PlacementPolicy.DedicatedHosts(int fewest) -> new Placement("dedicated", fewest);
        };
    }

    private static @Nullable List<String> residency(Residency residency) {
        return switch (residency) {
            case Residency.Anywhere() -> null;
            case Residency.Countries(var countries) ->
                countries.stream().sorted().toList();
        };
    }

    private static Responsibilities responsibilities(ResponsibilityMatrix matrix) {
        return new Responsibilities(
                matrix.parties(),
                matrix.layers().stream().map(layer -> layer(layer, matrix)).toList());
    }

    private static Layer layer(ResponsibilityMatrix.Layer layer, ResponsibilityMatrix matrix) {
        List<Cell> cells = IntStream.range(0, matrix.parties().size())
                .mapToObj(at -> new Cell(
                        matrix.parties().get(at).id(),
                        word(layer.cells().get(at).share()),
                        layer.cells().get(at).text()))
                .toList();
        return new Layer(layer.id(), layer.name(), cells);
    }

    private static List<String> words(Collection<? extends Enum<?>> values) {
        return values.stream().map(PlanView::word).toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
