package dev.unkai.cloud.network.ovn;

import static dev.unkai.cloud.network.NetworkFixture.ALICE;
import static dev.unkai.cloud.network.NetworkFixture.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.unkai.base.Ids;
import dev.unkai.cloud.network.domain.PortAllocation;
import dev.unkai.cloud.network.domain.PortWish;
import dev.unkai.cloud.network.ovsdb.OvsdbValue;
import dev.unkai.cloud.network.ovsdb.Replica.Row;
import dev.unkai.cloud.network.store.AddressGroup;
import dev.unkai.cloud.network.store.FloatingIp;
import dev.unkai.cloud.network.store.Network;
import dev.unkai.cloud.network.store.Port;
import dev.unkai.cloud.network.store.QosPolicy;
import dev.unkai.cloud.network.store.QosRule;
import dev.unkai.cloud.network.store.Router;
import dev.unkai.cloud.network.store.SecurityGroupRule;
import dev.unkai.cloud.network.store.Stamp;
import dev.unkai.cloud.network.store.Subnet;
import dev.unkai.cloud.network.store.Trunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits, names, DHCP options, address groups and trunks as OVN has them. */
class PortExtrasInOvnTest {
    @TempDir
    private Path directory;

    private NorthboundFixture ovn;
    private Network network;
    private Subnet subnet;

    @BeforeEach
    void start() {
        ovn = new NorthboundFixture(directory);
        network = ovn.cloud.network(ALICE, "web");
        subnet = ovn.cloud.subnet(ALICE, network, "10.1.0.0/24");
    }

    @AfterEach
    void stop() {
        ovn.close();
    }

    @Test
    void aPortsLimitActsWhereItsPacketsPassAndChangesAndGoesWithItsRules() {
        QosPolicy policy = policy();
        limit(policy, QosRule.EGRESS, 2_000L, 100L);
        Port port = port(new Port.Extras(List.of(), "", "", policy.id()), List.of());
        ovn.converge();

        Row row = ovn.only(Tables.QOS, _ -> true);
        assertThat(row.text("direction")).isEqualTo("from-lport");
        assertThat(row.text("match")).isEqualTo("inport == \"" + port.id() + "\"");
        assertThat(row.column("bandwidth")).isEqualTo(OvsdbValue.numbers(Map.of("rate", 2_000L, "burst", 100L)));
        assertThat(ovn.switchHolds(network.id(), "qos_rules", row)).isTrue();

        mark(policy, 26);
        limit(policy, QosRule.INGRESS, 3_000L, 0L);
        ovn.converge();
        assertThat(ovn.rows(Tables.QOS))
                .extracting(one -> one.text("direction"), one -> one.column("bandwidth"), one -> one.column("action"))
                .containsExactlyInAnyOrder(
                        tuple(
                                "from-lport",
                                OvsdbValue.numbers(Map.of("rate", 2_000L, "burst", 100L)),
                                OvsdbValue.numbers(Map.of("dscp", 26L))),
                        tuple("to-lport", OvsdbValue.numbers(Map.of("rate", 3_000L)), OvsdbValue.numbers(Map.of())));

        ovn.cloud.transactions.doAsCaller(ALICE, db -> ovn.cloud.allocation.delete(db, ALICE, port.id()));
        ovn.converge();
        assertThat(ovn.rows(Tables.QOS)).isEmpty();
    }

    @Test
    void aNetworksLimitIsOnAllItsGuestsThatHaveNoneOfTheirOwnAndNotOnItsRouter() {
        QosPolicy policy = policy();
        limit(policy, QosRule.EGRESS, 2_000L, 0L);
        Router router = ovn.cloud.router(ALICE, null);
        ovn.cloud.transactions.doAsCaller(
                ALICE, db -> ovn.cloud.interfaces.add(db, ALICE, router.id(), subnet.id(), null));
        Port guest = port(Port.Extras.NONE, List.of());
        ovn.converge();
        assertThat(ovn.rows(Tables.QOS)).isEmpty();

        ovn.cloud.transactions.doAsCaller(
                OPERATOR,
                db -> ovn.cloud.networks.update(db, OPERATOR, network.id(), one -> one.limitedBy(policy.id())));
        ovn.converge();
        assertThat(ovn.only(Tables.QOS, _ -> true).text("match")).isEqualTo("inport == \"" + guest.id() + "\"");

        ovn.cloud.transactions.doAsCaller(
                OPERATOR, db -> ovn.cloud.networks.update(db, OPERATOR, network.id(), one -> one.limitedBy(null)));
        ovn.converge();
        assertThat(ovn.rows(Tables.QOS)).isEmpty();
    }

    @Test
    void aFloatingAddressIsLimitedOnTheExternalNetwork() {
        QosPolicy policy = policy();
        limit(policy, QosRule.INGRESS, 5_000L, 0L);
        Network outside = ovn.cloud.external("public");
        ovn.cloud.subnet(OPERATOR, outside, "203.0.113.0/27");
        Router router = ovn.cloud.router(ALICE, outside);
        ovn.cloud.transactions.doAsCaller(
                ALICE, db -> ovn.cloud.interfaces.add(db, ALICE, router.id(), subnet.id(), null));
        Port guest = port(Port.Extras.NONE, List.of());
        FloatingIp floating = ovn.cloud.transactions.asCaller(
                OPERATOR,
                db -> ovn.cloud.floatingIps.create(
                        db,
                        OPERATOR,
                        new FloatingIp(
                                UUID.randomUUID(),
                                ALICE.project(),
                                "",
                                outside.id(),
                                "",
                                guest.id(),
                                null,
                                null,
                                policy.id(),
                                List.of(),
                                Stamp.NEW),
                        null,
                        null));
        ovn.converge();

        Row row = ovn.only(Tables.QOS, _ -> true);
        assertThat(row.text("direction")).isEqualTo("to-lport");
        assertThat(row.text("match")).startsWith("outport == \"").endsWith("ip4.dst == " + floating.address());
        assertThat(ovn.switchHolds(outside.id(), "qos_rules", row)).isTrue();
    }

    @Test
    void aNamedPortIsFoundByItsNeighboursAndDhcpTellsThemTheDomain() {
        Port port = port(new Port.Extras(List.of(), "web-1", "", null), List.of());
        ovn.converge();

        Row dns = ovn.only(Tables.DNS, _ -> true);
        assertThat(dns.pairs("records"))
                .containsOnly(
                        Map.entry("web-1", "10.1.0.2"),
                        Map.entry("web-1.openstacklocal", "10.1.0.2"),
                        Map.entry("2.0.1.10.in-addr.arpa", "web-1.openstacklocal"));
        assertThat(ovn.switchHolds(network.id(), "dns_records", dns)).isTrue();
        assertThat(ovn.only(Tables.DHCP, _ -> true).pairs("options"))
                .containsEntry("domain_name", "\"openstacklocal\"");

        ovn.cloud.transactions.doAsCaller(ALICE, db -> ovn.cloud.allocation.delete(db, ALICE, port.id()));
        ovn.converge();
        assertThat(ovn.rows(Tables.DNS)).isEmpty();
    }

    @Test
    void aPortWithDhcpOptionsIsServedFromARowOfItsOwn() {
        Port port = port(
                new Port.Extras(
                        List.of(
                                new Port.DhcpOption("bootfile-name", "pxelinux.0", 4),
                                new Port.DhcpOption("mtu", "1300", 4),
                                new Port.DhcpOption("ntp-server", "198.51.100.9,198.51.100.10", 4)),
                        "",
                        "",
                        null),
                List.of());
        ovn.converge();

        Row own =
                ovn.only(Tables.DHCP, row -> "1300".equals(row.pairs("options").get("mtu")));
        assertThat(own.pairs("options"))
                .containsEntry("bootfile_name", "\"pxelinux.0\"")
                .containsEntry("ntp_server", "{198.51.100.9, 198.51.100.10}")
                .containsEntry("router", "10.1.0.1");
        assertThat(ovn.port(port.id()).atoms("dhcpv4_options"))
                .isEqualTo(Set.of(new dev.unkai.cloud.network.ovsdb.RowId.Existing(own.uuid())));
        assertThat(ovn.rows(Tables.DHCP)).hasSize(2);
    }

    @Test
    void anAddressThatGuestsShareIsVirtualUntilNobodyMayTakeIt() {
        Port shared = port(Port.Extras.NONE, List.of());
        String address = shared.fixedIps().getFirst().address();
        Port guest = port(
                Port.Extras.NONE,
                List.of(new Port.AddressPair(address, null), new Port.AddressPair("10.1.0.77", "00:00:5e:00:01:07")));
        ovn.converge();

        Row row = ovn.port(shared.id());
        assertThat(row.text("type")).isEqualTo("virtual");
        assertThat(row.pairs("options"))
                .containsEntry("virtual-ip", address)
                .containsEntry("virtual-parents", guest.id().toString());
        assertThat(ovn.port(guest.id()).atoms("port_security"))
                .contains("00:00:5e:00:01:07 10.1.0.77")
                .anyMatch(text -> text.toString().endsWith(" " + address));
        assertThat(ovn.port(guest.id()).atoms("addresses")).contains("00:00:5e:00:01:07");

        ovn.cloud.transactions.doAsCaller(ALICE, db -> ovn.cloud.allocation.delete(db, ALICE, guest.id()));
        ovn.converge();
        assertThat(ovn.port(shared.id()).text("type")).isEmpty();
    }

    @Test
    void rulesNameAnAddressGroupByItsSetAndTheSetFollowsTheGroup() {
        AddressGroup group = ovn.cloud.transactions.asCaller(
                ALICE,
                db -> ovn.cloud.addressGroups.create(
                        db,
                        ALICE,
                        new AddressGroup(
                                UUID.randomUUID(),
                                ALICE.project(),
                                "partners",
                                "",
                                false,
                                List.of("198.51.100.0/24", "fd00:9::/64"),
                                List.of(),
                                Stamp.NEW)));
        Port port = port(Port.Extras.NONE, List.of());
        UUID rules = port.securityGroups().getFirst();
        ovn.cloud.transactions.doAsCaller(
                ALICE,
                db -> ovn.cloud.groups.addRule(
                        db,
                        ALICE,
                        new SecurityGroupRule(
                                Ids.random().next(),
                                ALICE.project(),
                                rules,
                                "",
                                SecurityGroupRule.INGRESS,
                                SecurityGroupRule.IPV4,
                                "tcp",
                                443,
                                443,
                                null,
                                null,
                                group.id(),
                                Stamp.NEW)));
        ovn.converge();

        String set = Firewall.setName(group.id(), 4);
        assertThat(ovn.rows(Tables.ACL))
                .extracting(acl -> acl.text("match"))
                .contains("outport == @" + Firewall.groupName(rules) + " && ip4 && ip4.src == $" + set
                        + " && tcp && tcp.dst == 443");
        assertThat(ovn.only(Tables.ADDRESS_SET, row -> set.equals(row.text("name")))
                        .atoms("addresses"))
                .containsExactly("198.51.100.0/24");

        ovn.cloud.transactions.doAsCaller(
                ALICE, db -> ovn.cloud.addressGroups.add(db, ALICE, group.id(), List.of("203.0.113.7/32")));
        ovn.converge();
        assertThat(ovn.only(Tables.ADDRESS_SET, row -> set.equals(row.text("name")))
                        .atoms("addresses"))
                .containsExactlyInAnyOrder("198.51.100.0/24", "203.0.113.7/32");
    }

    @Test
    void aSubportStandsBelowItsParentByItsTagUntilTheTrunkGoes() {
        Network other = ovn.cloud.network(ALICE, "storage");
        Port parent = port(Port.Extras.NONE, List.of());
        Port child = ovn.cloud.port(ALICE, other);
        Trunk trunk = new Trunk(
                UUID.randomUUID(),
                ALICE.project(),
                "t",
                "",
                true,
                parent.id(),
                false,
                List.of(new Trunk.Subport(child.id(), 101, "")),
                List.of(),
                Stamp.NEW);
        ovn.cloud.transactions.doAsCaller(ALICE, db -> ovn.cloud.trunks.create(db, ALICE, trunk));
        ovn.converge();

        assertThat(ovn.port(child.id()).text("parent_name"))
                .isEqualTo(parent.id().toString());
        assertThat(ovn.port(child.id()).column("tag")).isEqualTo(OvsdbValue.of(101));
        assertThat(ovn.port(parent.id()).atoms("parent_name")).isEmpty();

        ovn.cloud.transactions.doAsCaller(ALICE, db -> ovn.cloud.trunks.delete(db, ALICE, trunk.id()));
        ovn.converge();
        assertThat(ovn.port(child.id()).atoms("parent_name")).isEmpty();
        assertThat(ovn.port(child.id()).atoms("tag")).isEmpty();
    }

    @Test
    void aVlanNetworkLeadsToThePhysicalOneUnderItsNumber() {
        Network vlan = ovn.cloud.transactions.asCaller(
                OPERATOR,
                db -> ovn.cloud.networks.create(
                        db,
                        OPERATOR,
                        new Network(
                                UUID.randomUUID(),
                                OPERATOR.project(),
                                "office",
                                "",
                                true,
                                false,
                                false,
                                false,
                                true,
                                1500,
                                Network.VLAN,
                                "office",
                                42,
                                List.of(),
                                List.of(),
                                Stamp.NEW)));
        ovn.converge();
        Row row = ovn.only(Tables.SWITCH_PORT, one -> "localnet".equals(one.text("type")));
        assertThat(row.column("tag")).isEqualTo(OvsdbValue.of(42));
        assertThat(row.pairs("options")).containsEntry("network_name", "office");
        assertThat(ovn.switchHolds(vlan.id(), "ports", row)).isTrue();
    }

    @Test
    void aNetworkThatIsDownDisablesAllThatIsOnItAndANewPortTooUntilItIsUpAgain() {
        Router router = ovn.cloud.router(ALICE, null);
        ovn.cloud.transactions.doAsCaller(
                ALICE, db -> ovn.cloud.interfaces.add(db, ALICE, router.id(), subnet.id(), null));
        port(Port.Extras.NONE, List.of());
        Port off = ovn.cloud.port(ALICE, network);
        ovn.cloud.transactions.doAsCaller(
                ALICE,
                db -> db.sql("update port set admin_state_up = false where id = ?")
                        .param(off.id())
                        .update());
        ovn.converge();
        assertThat(enabled(true)).as("guest, router, metadata").hasSize(3);
        assertThat(enabled(false))
                .extracting(row -> row.text("name"))
                .containsExactly(off.id().toString());

        set(network, false);
        ovn.converge();
        port(Port.Extras.NONE, List.of());
        ovn.converge();
        assertThat(enabled(true)).isEmpty();
        assertThat(enabled(false)).hasSize(5);

        set(network, true);
        ovn.converge();
        assertThat(enabled(true)).hasSize(4);
        assertThat(enabled(false))
                .as("down by itself")
                .extracting(row -> row.text("name"))
                .containsExactly(off.id().toString());
    }

    private List<Row> enabled(boolean enabled) {
        return ovn.rows(Tables.SWITCH_PORT).stream()
                .filter(row -> row.column("enabled").equals(OvsdbValue.of(enabled)))
                .toList();
    }

    private void set(Network network, boolean up) {
        ovn.cloud.transactions.doAsCaller(
                ALICE,
                db -> ovn.cloud.networks.update(
                        db,
                        ALICE,
                        network.id(),
                        one -> new Network(
                                one.id(),
                                one.project(),
                                one.name(),
                                one.description(),
                                up,
                                one.shared(),
                                one.external(),
                                one.isDefault(),
                                one.portSecurity(),
                                one.mtu(),
                                one.networkType(),
                                one.physicalNetwork(),
                                one.segmentationId(),
                                one.subnets(),
                                one.tags(),
                                one.stamp())));
    }

    private Port port(Port.Extras extras, List<Port.AddressPair> pairs) {
        Port blank = PortAllocation.blank(UUID.randomUUID(), ALICE.project(), network.id(), "", "", "", null);
        Port wanted = blank.with(extras).allowing(pairs);
        return ovn.cloud.transactions.asCaller(
                OPERATOR,
                db -> ovn.cloud.allocation.create(db, OPERATOR, new PortWish(wanted, null, null, null, null)));
    }

    private QosPolicy policy() {
        return ovn.cloud.transactions.asCaller(
                OPERATOR,
                db -> ovn.cloud.qos.create(
                        db,
                        OPERATOR,
                        new QosPolicy(
                                UUID.randomUUID(),
                                OPERATOR.project(),
                                "limit",
                                "",
                                false,
                                false,
                                List.of(),
                                List.of(),
                                Stamp.NEW)));
    }

    private void limit(QosPolicy policy, String direction, Long kbps, Long burst) {
        write(policy, QosRule.BANDWIDTH, direction, kbps, burst, null);
    }

    private void mark(QosPolicy policy, int dscp) {
        write(policy, QosRule.DSCP, QosRule.EGRESS, null, null, dscp);
    }

    private void write(
            QosPolicy policy,
            String type,
            String direction,
            @Nullable Long kbps,
            @Nullable Long burst,
            @Nullable Integer dscp) {
        QosRule rule = new QosRule(UUID.randomUUID(), policy.id(), "", type, direction, kbps, burst, dscp);
        ovn.cloud.transactions.doAsCaller(OPERATOR, db -> ovn.cloud.qos.write(db, OPERATOR, rule, true));
    }
}
