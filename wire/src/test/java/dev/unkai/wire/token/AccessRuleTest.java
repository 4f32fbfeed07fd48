package dev.unkai.wire.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which paths a rule means: those and none that a later reader could take for another. */
class AccessRuleTest {
    @ParameterizedTest
    @CsvSource({
        "/v2.1/servers, /v2.1/servers, true",
        "/v2.1/servers, /v2.1/servers/1, false",
        "/v2.1/servers/*, /v2.1/servers/1, true",
        "/v2.1/servers/*, /v2.1/servers/1/ips, false",
        "/v2.1/servers/*, /v2.1/servers/, false",
        "/v2.1/servers/*/ips, /v2.1/servers/1/ips, true",
        "/v2.1/servers/{server}/ips, /v2.1/servers/1/ips, true",
        "/v2.1/**, /v2.1/servers/1/ips, true",
        "/v2.1/**, /v2/servers, false",
        "/v2.1/servers.x, /v2.1/serversax, false",
        "/v2.1/{, /v2.1/{, true",
        "/v2.1/servers/**, /v2.1/servers/../flavors, false",
        "/v2.1/servers/**, /v2.1/servers/;/../flavors, false",
        "/v2.1/servers/**, /v2.1/servers//1, false",
        "/v2.1/servers/*, /v2.1/servers/1%2Fips, false",
        "/v2.1/servers/*, /v2.1/servers/%2e%2e, false"
    })
    void aPathIsMeantOrNot(String rule, String path, boolean meant) {
        assertThat(new AccessRule("compute", "GET", rule).permits("compute", "GET", path))
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"network, GET", "compute, DELETE", "compute, get"})
    void anotherServiceOrMethodIsNotMeant(String service, String method) {
        assertThat(new AccessRule("compute", "GET", "/**").permits(service, method, "/v2.1/servers"))
                .isFalse();
    }
}
