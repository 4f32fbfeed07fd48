package dev.unkai.cloud.plan.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.plan.BackupPolicy;
import dev.unkai.cloud.plan.CredentialPolicy;
import dev.unkai.cloud.plan.ErasurePolicy;
import dev.unkai.cloud.plan.MonitoringPolicy.Metric;
import dev.unkai.cloud.plan.PlacementPolicy;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PortalAccess.Gate;
import dev.unkai.cloud.plan.ResponsibilityMatrix.Cell;
import dev.unkai.cloud.plan.ResponsibilityMatrix.Share;
import dev.unkai.cloud.plan.ShippedPlans;
import dev.unkai.cloud.plan.UserAdministration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {
    /**
     * Customers have agreed to these texts. When this fails, a delivered plan was changed: raise its version, and add the new version's hash here beside
     * the old one.
     */
    private static final Map<String, String> PUBLISHED = Map.of(
            "shared.yaml 1", "48ab5aab2b14c02951716af76ba0cbafe8f776b5dbdd6b9bdbccefaddc688470",
            "dedicated.yaml 1", "3991c8c6cb8c453bf528f7c7ac68694d5ae1cfed4308a3531ea707acdf268e98");

    @Test
    void theDeliveredPlansSayWhatTheirVersionHasAlwaysSaid() {
        for (String file : ShippedPlans.FILES) {
            PlanDocument document = PlanDocument.of(ShippedPlans.text(file));
            int version = PlanReader.read(document).version();
            assertThat(document.hash()).as(file).isEqualTo(PUBLISHED.get(file + " " + version));
        }
    }

    @Test
    void theSharedPlanPutsManyCustomersOnCommonHostsAndGuardsTheConsoleByAddress() {
        Plan plan = shipped("shared.yaml");

        assertThat(plan.id()).isEqualTo("shared");
        assertThat(plan.credentials()).isInstanceOf(CredentialPolicy.ProviderIssued.class);
        assertThat(plan.userAdministration()).isEqualTo(UserAdministration.PROVIDER);
        assertThat(plan.portalAccess().gates()).containsExactly(Gate.SOURCE_ADDRESSES);
        assertThat(plan.placement()).isInstanceOf(PlacementPolicy.SharedHosts.class);
        assertThat(plan.backup()).isEqualTo(BackupPolicy.NONE);
        assertThat(plan.residency().permits("JP")).isTrue();
        assertThat(plan.residency().permits("US")).isFalse();
        assertThat(plan.monitoring().standardAlarms()).isEmpty();
        assertThat(plan.erasure().extent()).isEqualTo(ErasurePolicy.Extent.OBJECTS);
        assertThat(plan.notice().maintenanceDays()).isEqualTo(14);
        assertThat(plan.notice().incidentBusinessDays()).isEqualTo(3);
        assertThat(plan.retention().operationDays()).isEqualTo(30);
    }

    @Test
    void theDedicatedPlanGivesHostsOfItsOwnBehindATunnel() {
        Plan plan = shipped("dedicated.yaml");

        assertThat(plan.credentials())
                .isInstanceOfSatisfying(
                        CredentialPolicy.SelfService.class,
                        policy -> assertThat(policy.resetMinutes()).isEqualTo(30));
        assertThat(plan.userAdministration()).isEqualTo(UserAdministration.CUSTOMER);
        assertThat(plan.portalAccess().gates()).containsExactly(Gate.SSL_VPN);
        assertThat(plan.placement()).isInstanceOf(PlacementPolicy.DedicatedHosts.class);
        assertThat(plan.backup()).isEqualTo(BackupPolicy.SAME_HOST);
        assertThat(plan.monitoring().standardAlarms()).containsExactlyInAnyOrder(Metric.CPU, Metric.MEMORY);
        assertThat(plan.erasure().extent()).isEqualTo(ErasurePolicy.Extent.OBJECTS_AND_HOSTS);
    }

    @Test
    void aThirdPlanMixesThePoliciesAsItLikes() throws IOException {
        Plan plan = PlanReader.read(PlanDocument.of(mixed()));

        assertThat(plan.credentials())
                .isEqualTo(new CredentialPolicy.ProviderIssued(
                        new CredentialPolicy.Expiry.After(90), 12, CredentialPolicy.SecondFactor.EVERYONE));
        assertThat(plan.userAdministration()).isEqualTo(UserAdministration.CUSTOMER);
        assertThat(plan.portalAccess().ordered()).containsExactly(Gate.SOURCE_ADDRESSES, Gate.SSL_VPN);
        assertThat(plan.placement()).isEqualTo(new PlacementPolicy.DedicatedHosts(3));
        assertThat(plan.backup()).isEqualTo(BackupPolicy.OTHER_SITE);
        assertThat(plan.residency().permits("SG")).isTrue();
        assertThat(plan.responsibilities().parties()).hasSize(3);
        assertThat(plan.responsibilities().layers().getFirst().cells())
                .extracting(Cell::share)
                .containsExactly(Share.NONE, Share.PART, Share.PART);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            backup: other-site|backup: other-planet|"backup" is "other-planet", which is not known. Known: none, same-host, other-host, other-site.
            userAdministration: customer|userAdministration: nobody|"userAdministration" is "nobody"
            userAdministration: customer|userAdministratoin: customer|"userAdministration" is missing
            expiresAfterDays: 90|expiresAfterDays: 0|"credentials.expiresAfterDays" is a whole number from 1 to 3660
            expiresAfterDays: 90|expiresAfterDays: 90, resetMinutes: 30|"credentials.resetMinutes" is not known. Known there: differsFromLast, expiresAfterDays, issued, secondFactor.
            issued: provider-issued|issued: self-service|"credentials.resetMinutes" is missing
            fewestHosts: 3|fewestHosts: "3"|"placement.fewestHosts" is a whole number
            "SG"|NO|names "false", which is no country
            "SG"|"XX"|names "XX", which is no country
            [ssl-vpn, source-addresses]|[ssl-vpn, ssl-vpn]|"portalAccess" names ssl-vpn twice
            [ssl-vpn, source-addresses]|ssl-vpn|"portalAccess" is a list
            channels: [telephone]|channels: []|"notice.channels" is a list with 1 to 4 entries
            ja: 電源|ja: ""|"responsibilities.layers[0].cells.provider.text.ja" is a text
            guard: {share|guards: {share|"responsibilities.layers[0].cells.guard" is missing
            share: part|share: none|Nobody answers for the layer "facility"
            texts: []|texts: [], price: 3|cannot be read as YAML in line 16
            texts: []|backup: none|cannot be read as YAML
            {id: guard|{id: customer|"responsibilities.parties" has the id "customer" twice
            id: guarded|id: Guarded Plan|"id" is 1 to 40 lower-case letters
            version: 1|version: 1.5|"version" is a whole number
            texts: []|texts: [{id: a, title: {en: A, ja: B}, body: {en: A, ja: B}}, {id: a, title: {en: A, ja: B}, body: {en: A, ja: B}}]|has the id "a" twice
            """)
    void whatIsWrongIsRefusedByASentenceThatNamesIt(String was, String is, String sentence) throws IOException {
        String text = mixed();
        assertThat(text).contains(was);

        assertThatThrownBy(() -> PlanReader.read(PlanDocument.of(text.replace(was, is))))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                    assertThat(refusal.sentence()).contains(sentence);
                });
    }

    @Test
    void theSameContentInAnotherOrderAndLanguageOfWritingHasTheSameHash() throws IOException {
        PlanDocument document = PlanDocument.of(mixed());

        assertThat(PlanDocument.of(document.canonical()).hash()).isEqualTo(document.hash());
        assertThat(PlanDocument.of("# another comment\n" + mixed()).hash()).isEqualTo(document.hash());
        assertThat(PlanDocument.of(mixed().replace("Doors", "Gates")).hash()).isNotEqualTo(document.hash());
    }

    @Test
    void aDocumentThatIsNoListOfFieldsIsRefused() {
        for (String text : new String[] {"", "42", "[1, 2]", "1: one", "a: *b", "{"}) {
            assertThatThrownBy(() -> PlanDocument.of(text)).as(text).isInstanceOf(Refusal.class);
        }
    }

    private static Plan shipped(String file) {
        return PlanReader.read(PlanDocument.of(ShippedPlans.text(file)));
    }

    private static String mixed() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(PlanReaderTest.class.getResourceAsStream("/plan/mixed.yaml"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
