package dev.unkai.cloud.plan.reading;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.plan.BackupPolicy;
import dev.unkai.cloud.plan.CredentialPolicy;
import dev.unkai.cloud.plan.CredentialPolicy.Expiry;
import dev.unkai.cloud.plan.CredentialPolicy.SecondFactor;
import dev.unkai.cloud.plan.ErasurePolicy;
import dev.unkai.cloud.plan.MonitoringPolicy;
import dev.unkai.cloud.plan.MonitoringPolicy.Metric;
import dev.unkai.cloud.plan.NoticePolicy;
import dev.unkai.cloud.plan.PlacementPolicy;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PlanText;
import dev.unkai.cloud.plan.PortalAccess;
import dev.unkai.cloud.plan.Residency;
import dev.unkai.cloud.plan.ResponsibilityMatrix;
import dev.unkai.cloud.plan.ResponsibilityMatrix.Cell;
import dev.unkai.cloud.plan.ResponsibilityMatrix.Layer;
import dev.unkai.cloud.plan.ResponsibilityMatrix.Party;
import dev.unkai.cloud.plan.ResponsibilityMatrix.Share;
import dev.unkai.cloud.plan.RetentionPolicy;
import dev.unkai.cloud.plan.UserAdministration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a plan of its document. Every field must be there and known, but for one that came later: a promise that nobody can read must not be published. The manual has the fields with
 * their values.
 */
public final class PlanReader {
    private static final int TEN_YEARS = 3_660;

    private PlanReader() {}

    /** Throws Refusal invalid with a sentence that names the first field that is wrong. */
    public static Plan read(PlanDocument document) {
        return Fields.read("", document.fields(), PlanReader::plan);
    }

    private static Plan plan(Fields plan) {
        return new Plan(
                plan.id("id"),
                plan.number("version", 1, 100_000),
                plan.line("name"),
                plan.text("summary"),
                plan.object("credentials", PlanReader::credentials),
                plan.one("userAdministration", UserAdministration.class),
                new PortalAccess(plan.several("portalAccess", 0, PortalAccess.Gate.class)),
                plan.object("placement", PlanReader::placement),
                plan.one("backup", BackupPolicy.class),
                residency(plan),
                plan.object("monitoring", PlanReader::monitoring),
                plan.object("erasure", PlanReader::erasure),
                plan.object("notice", PlanReader::notice),
                plan.object("retention", PlanReader::retention),
                distinct("texts", plan.objects("texts", 0, 20, PlanReader::text), PlanText::id),
                plan.object("responsibilities", PlanReader::responsibilities));
    }

    private static CredentialPolicy credentials(Fields credentials) {
        Expiry expiry = credentials.is("expiresAfterDays", "never")
                ? new Expiry.Never()
                : new Expiry.After(credentials.number("expiresAfterDays", 1, TEN_YEARS));
        int history = credentials.number("differsFromLast", 1, 24);
        // Plans were published before there was a choice, and their text never changes.
        SecondFactor second = credentials.has("secondFactor")
                ? credentials.one("secondFactor", SecondFactor.class)
                : SecondFactor.BY_ROLE;
        return switch (credentials.kind("issued", "provider-issued", "self-service")) {
            case "provider-issued" -> new CredentialPolicy.ProviderIssued(expiry, history, second);
            default ->
                new CredentialPolicy.SelfService(expiry, history, second, credentials.number("resetMinutes", 5, 1_440));
        };
    }

    private static PlacementPolicy placement(Fields placement) {
        return switch (placement.kind("hosts", "shared", "dedicated")) {
            case "shared" -> new PlacementPolicy.SharedHosts();
            default -> new PlacementPolicy.DedicatedHosts(placement.number("fewestHosts", 1, 1_000));
        };
    }

    private static Residency residency(Fields plan) {
        return plan.is("residency", "anywhere")
                ? new Residency.Anywhere()
                : new Residency.Countries(plan.countries("residency"));
    }

    private static MonitoringPolicy monitoring(Fields monitoring) {
        return new MonitoringPolicy(
                monitoring.several("graphs", 0, Metric.class), monitoring.several("standardAlarms", 0, Metric.class));
    }

    private static ErasurePolicy erasure(Fields erasure) {
        return new ErasurePolicy(
                erasure.one("extent", ErasurePolicy.Extent.class), erasure.number("graceDays", 0, TEN_YEARS));
    }

    private static NoticePolicy notice(Fields notice) {
        return new NoticePolicy(
                notice.number("maintenanceDays", 0, 365),
                notice.number("incidentBusinessDays", 0, 60),
                notice.number("planChangeDays", 0, 365),
                notice.several("channels", 1, NoticePolicy.Channel.class));
    }

    private static RetentionPolicy retention(Fields retention) {
        return new RetentionPolicy(
                retention.number("operationDays", 1, TEN_YEARS), retention.number("signInDays", 1, TEN_YEARS));
    }

    private static PlanText text(Fields text) {
        return new PlanText(text.id("id"), text.line("title"), text.text("body"));
    }

    private static ResponsibilityMatrix responsibilities(Fields matrix) {
        List<Party> parties = distinct(
                "responsibilities.parties",
                matrix.objects("parties", 1, 6, party -> new Party(party.id("id"), party.line("name"))),
                Party::id);
        List<Layer> layers = distinct(
                "responsibilities.layers", matrix.objects("layers", 1, 30, layer -> layer(layer, parties)), Layer::id);
        return new ResponsibilityMatrix(parties, layers);
    }

    private static Layer layer(Fields layer, List<Party> parties) {
        String id = layer.id("id");
        List<Cell> cells = layer.object(
                "cells",
                all -> parties.stream()
                        .map(party -> all.object(
                                party.id(), cell -> new Cell(cell.one("share", Share.class), cell.text("text"))))
                        .toList());
        if (cells.stream().allMatch(cell -> cell.share() == Share.NONE)) {
            throw Refusal.invalid("Nobody answers for the layer \"" + id
                    + "\" of the plan's responsibilities. Give at least one party a share in it.");
        }
        return new Layer(id, layer.line("name"), cells);
    }

    private static <T> List<T> distinct(String path, List<T> things, Function<T, String> id) {
        Set<String> seen = new HashSet<>();
        for (T thing : things) {
            if (!seen.add(id.apply(thing))) {
                throw Refusal.invalid(
                        "The plan's field \"" + path + "\" has the id \"" + id.apply(thing) + "\" twice.");
            }
        }
        return things;
    }
}
