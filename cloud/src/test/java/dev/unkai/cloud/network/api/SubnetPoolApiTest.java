package dev.unkai.cloud.network.api;

import static dev.unkai.cloud.network.api.NetworkSite.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subnet pools and address scopes, and what is cut from them. */
class SubnetPoolApiTest {
    private final NetworkSite alice = NetworkSite.project();
    private final NetworkSite operator = NetworkSite.operator();

    @Test
    void aPoolLooksAsTheReferenceShowsItAndJoinsItsRanges() {
        JsonNode pool = alice.make("subnetpools", """
                {"subnetpool": {"name": "p", "prefixes": ["10.0.1.0/24", "10.0.0.0/24", "10.9.0.0/16"], "default_prefixlen": 26}}""");

        assertThat(texts(pool.path("prefixes"), "")).hasSize(2);
        assertThat(pool.at("/prefixes/0").asString()).isEqualTo("10.0.0.0/23");
        assertThat(pool.path("default_prefixlen").isString()).isTrue();
        assertThat(pool.path("default_prefixlen").asString()).isEqualTo("26");
        assertThat(pool.path("min_prefixlen").asString()).isEqualTo("8");
        assertThat(pool.path("max_prefixlen").asString()).isEqualTo("32");
        assertThat(pool.path("ip_version").asInt()).isEqualTo(4);
        assertThat(pool.path("default_quota").isNull()).isTrue();
        assertThat(pool.path("shared").asBoolean(true)).isFalse();
        assertThat(pool.path("address_scope_id").isNull()).isTrue();
        JsonNode single =
                alice.make("subnetpools", "{\"subnetpool\": {\"name\": \"q\", \"prefixes\": [\"fd00::/48\"]}}");
        assertThat(single.path("min_prefixlen").asString()).isEqualTo("64");
        assertThat(texts(alice.get("subnetpools?ip_version=6").path("subnetpools"), "name"))
                .containsExactly("q");
    }

    @Test
    void subnetsAreCutFromThePoolWithoutOverlapAcrossNetworks() {
        String pool = alice.makeId("subnetpools", """
                {"subnetpool": {"name": "p", "prefixes": ["10.3.0.0/24"], "default_prefixlen": 26, "min_prefixlen": 25}}""");
        String network = alice.network();
        JsonNode first = cut(network, pool, "");
        JsonNode second = cut(alice.network(), pool, ", \"prefixlen\": 27");
        JsonNode exact = cut(alice.network(), pool, ", \"cidr\": \"10.3.0.192/26\"");

        assertThat(first.path("cidr").asString()).isEqualTo("10.3.0.0/26");
        assertThat(first.path("subnetpool_id").asString()).isEqualTo(pool);
        assertThat(first.path("gateway_ip").asString()).isEqualTo("10.3.0.1");
        assertThat(second.path("cidr").asString()).isEqualTo("10.3.0.64/27");
        assertThat(exact.path("cidr").asString()).isEqualTo("10.3.0.192/26");
        assertThat(cut(network, pool, ", \"prefixlen\": 28").path("cidr").asString())
                .as("the tightest hole first")
                .isEqualTo("10.3.0.96/28");
        alice.refused(
                "POST", "subnets", body(alice.network(), pool, ", \"prefixlen\": 25"), 409, "SubnetAllocationError");
        alice.refused(
                "POST",
                "subnets",
                body(alice.network(), pool, ", \"cidr\": \"10.3.0.0/27\""),
                409,
                "SubnetAllocationError");
        alice.refused(
                "POST",
                "subnets",
                body(alice.network(), pool, ", \"prefixlen\": 24"),
                400,
                "MinPrefixSubnetAllocationError");
        alice.refused("DELETE", "subnetpools/" + pool, null, 400, "SubnetPoolDeleteError");
        alice.refused(
                "PUT",
                "subnetpools/" + pool + "/remove_prefixes",
                "{\"prefixes\": [\"10.3.0.0/26\"]}",
                400,
                "IllegalSubnetPoolPrefixUpdate");
        alice.refused(
                "POST",
                "subnets",
                "{\"subnet\": {\"network_id\": \"%s\", \"ip_version\": 4}}".formatted(network),
                400,
                "BadRequest");

        alice.delete("subnets/" + first.path("id").asString());
        assertThat(cut(alice.network(), pool, "").path("cidr").asString()).isEqualTo("10.3.0.0/26");
    }

    @Test
    void aPoolsRangesGrowAndItsQuotaHolds() {
        String pool = alice.makeId("subnetpools", """
                {"subnetpool": {"name": "p", "prefixes": ["10.4.0.0/24"], "default_prefixlen": 26, "default_quota": 100}}""");
        cut(alice.network(), pool, "");
        alice.refused("POST", "subnets", body(alice.network(), pool, ""), 409, "SubnetPoolQuotaExceeded");
        alice.refused(
                "PUT",
                "subnetpools/" + pool,
                "{\"subnetpool\": {\"prefixes\": [\"10.5.0.0/24\"]}}",
                400,
                "IllegalSubnetPoolPrefixUpdate");
        alice.refused(
                "PUT",
                "subnetpools/" + pool,
                "{\"subnetpool\": {\"default_prefixlen\": 7}}",
                400,
                "IllegalSubnetPoolPrefixBounds");
        JsonNode grown = alice.put(
                "subnetpools/" + pool + "/add_prefixes", "{\"prefixes\": [\"10.4.1.0/24\", \"10.6.0.0/24\"]}");
        assertThat(grown.toString()).isEqualTo("[\"10.4.0.0/23\",\"10.6.0.0/24\"]");
        assertThat(alice.put("subnetpools/" + pool + "/remove_prefixes", "{\"prefixes\": [\"10.6.0.0/24\"]}")
                        .toString())
                .isEqualTo("[\"10.4.0.0/23\"]");
    }

    @Test
    void onlyOperatorsShareAPoolAndEverybodyCutsFromIt() {
        alice.refused(
                "POST",
                "subnetpools",
                "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.7.0.0/16\"], \"shared\": true}}",
                403,
                "PolicyNotAuthorized");
        JsonNode pool = operator.make("subnetpools", """
                {"subnetpool": {"name": "all", "prefixes": ["10.7.0.0/16"], "default_prefixlen": 24, "shared": true}}""");
        String id = pool.path("id").asString();
        assertThat(pool.path("shared").asBoolean()).isTrue();

        assertThat(alice.get("subnetpools/" + id).at("/subnetpool/shared").asBoolean())
                .isTrue();
        assertThat(cut(alice.network(), id, "").path("cidr").asString()).isEqualTo("10.7.0.0/24");
        alice.refused("PUT", "subnetpools/" + id, "{\"subnetpool\": {\"name\": \"mine\"}}", 403, "PolicyNotAuthorized");
    }

    @Test
    void hostBitsAreClearedAndCountForNothing() {
        String scope = alice.makeId("address-scopes", "{\"address_scope\": {\"name\": \"s\", \"ip_version\": 4}}");
        String body = "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"%s\"], \"address_scope_id\": \"%s\"}}";
        JsonNode pool = alice.make("subnetpools", body.formatted("10.11.12.13/24", scope));
        assertThat(pool.path("prefixes").toString()).isEqualTo("[\"10.11.12.0/24\"]");
        alice.refused(
                "POST", "subnetpools", body.formatted("10.11.12.99/25", scope), 409, "AddressScopePrefixConflict");
        String network = alice.network();
        JsonNode subnet = alice.make(
                "subnets",
                "{\"subnet\": {\"network_id\": \"%s\", \"ip_version\": 4, \"cidr\": \"10.0.9.7/24\"}}"
                        .formatted(network));
        assertThat(subnet.path("cidr").asString()).isEqualTo("10.0.9.0/24");
        assertThat(subnet.path("gateway_ip").asString()).isEqualTo("10.0.9.1");
    }

    @Test
    void whatIsWrongWithAChangeIsToldBeforeThereIsNoSuchPool() {
        String pool =
                operator.makeId("subnetpools", "{\"subnetpool\": {\"name\": \"p\", \"prefixes\": [\"10.99.0.0/24\"]}}");
        alice.refused("PUT", "subnetpools/" + pool, "{\"subnetpool\": {\"shared\": true}}", 400, "HTTPBadRequest");
        alice.refused("PUT", "subnetpools/" + pool, "{\"subnetpool\": {\"name\": \"q\"}}", 404, "SubnetPoolNotFound");
    }

    @Test
    void poolsOfOneScopeNeverOverlap() {
        String scope = alice.makeId("address-scopes", "{\"address_scope\": {\"name\": \"s\", \"ip_version\": 4}}");
        String pool = alice.makeId("subnetpools", """
                {"subnetpool": {"name": "p", "prefixes": ["10.8.0.0/16"], "default_prefixlen": 24, "address_scope_id": "%s"}}""".formatted(scope));
        alice.refused("POST", "subnetpools", """
                {"subnetpool": {"name": "q", "prefixes": ["10.8.9.0/24"], "address_scope_id": "%s"}}""".formatted(scope), 409, "AddressScopePrefixConflict");
        alice.refused("DELETE", "address-scopes/" + scope, null, 409, "AddressScopeInUse");
        String network = alice.network();
        cut(network, pool, "");
        assertThat(alice.get("networks/" + network)
                        .at("/network/ipv4_address_scope")
                        .asString())
                .isEqualTo(scope);
        alice.refused(
                "POST",
                "subnetpools",
                "{\"subnetpool\": {\"name\": \"q\", \"prefixes\": [\"fd00::/48\"], \"address_scope_id\": \"%s\"}}"
                        .formatted(scope),
                400,
                "IllegalSubnetPoolIpVersionAssociationToAddressScope");
    }

    @Test
    void aPoolUnderSomebodyElsesScopeStaysAsItIs() {
        String scope = operator.makeId(
                "address-scopes", "{\"address_scope\": {\"name\": \"all\", \"ip_version\": 4, \"shared\": true}}");
        String pool = alice.makeId("subnetpools", """
                {"subnetpool": {"name": "p", "prefixes": ["10.77.0.0/24"], "address_scope_id": "%s"}}""".formatted(scope));
        alice.refused(
                "PUT", "subnetpools/" + pool, "{\"subnetpool\": {\"name\": \"q\"}}", 400, "IllegalSubnetPoolUpdate");
        operator.refused(
                "PUT",
                "address-scopes/" + scope,
                "{\"address_scope\": {\"shared\": false}}",
                400,
                "AddressScopeUpdateError");
        assertThat(operator.put("subnetpools/" + pool, "{\"subnetpool\": {\"name\": \"q\"}}")
                        .path("name")
                        .asString())
                .isEqualTo("q");
        alice.delete("subnetpools/" + pool);
        operator.delete("address-scopes/" + scope);
    }

    @Test
    void aPoolIsSharedOnlyWithWhoMayUseItsScope() {
        NetworkSite bob = NetworkSite.project();
        String scope = alice.makeId("address-scopes", "{\"address_scope\": {\"name\": \"mine\", \"ip_version\": 4}}");
        String pool = alice.makeId("subnetpools", """
                {"subnetpool": {"name": "p", "prefixes": ["10.78.0.0/24"], "address_scope_id": "%s"}}""".formatted(scope));
        String sharing = """
                {"rbac_policy": {"object_type": "%s", "object_id": "%s", "action": "access_as_shared", "target_tenant": "%s"}}""";
        String wanted = sharing.formatted("subnetpool", pool, bob.id());
        alice.refused("POST", "rbac-policies", wanted, 400, "RbacPolicyInitError");
        alice.makeId("rbac-policies", sharing.formatted("address_scope", scope, bob.id()));
        alice.makeId("rbac-policies", wanted);
        assertThat(bob.get("subnetpools/" + pool).at("/subnetpool/id").asString())
                .isEqualTo(pool);
        alice.refused(
                "PUT",
                "address-scopes/" + scope,
                "{\"address_scope\": {\"shared\": false}}",
                403,
                "PolicyNotAuthorized");
    }

    private JsonNode cut(String network, String pool, String more) {
        return alice.make("subnets", body(network, pool, more));
    }

    private static String body(String network, String pool, String more) {
        return "{\"subnet\": {\"network_id\": \"%s\", \"ip_version\": 4, \"subnetpool_id\": \"%s\"%s}}"
                .formatted(network, pool, more);
    }
}
