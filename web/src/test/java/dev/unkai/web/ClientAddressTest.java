package dev.unkai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.wire.origin.AddressPrefix;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Whom a request comes from, when headers say what they like. */
class ClientAddressTest {
    private static final String FORWARDED = "X-Forwarded-For";
    private static final List<AddressPrefix> PROXIES = List.of(prefix("198.51.100.0/28"), prefix("2001:db8:9::/64"));

    @Test
    void aHeaderFromAnybodyHasNoEffect() {
        assertThat(of(List.of(), "203.0.113.9", "198.51.100.7").address()).hasToString("203.0.113.9");
        assertThat(of(PROXIES, "203.0.113.9", "198.51.100.7").address()).hasToString("203.0.113.9");
        assertThat(of(List.of(), "203.0.113.9").address()).hasToString("203.0.113.9");
    }

    @Test
    void behindAProxyTheRightMostEntryThatIsNoProxyCounts() {
        assertThat(of(PROXIES, "198.51.100.1", "203.0.113.9").address()).hasToString("203.0.113.9");
        assertThat(of(PROXIES, "198.51.100.1", "10.0.0.1, 203.0.113.9").address())
                .hasToString("203.0.113.9");
        assertThat(of(PROXIES, "198.51.100.1", "10.0.0.1, 203.0.113.9,198.51.100.2")
                        .address())
                .hasToString("203.0.113.9");
        assertThat(of(PROXIES, "198.51.100.1", "10.0.0.1", "203.0.113.9", "2001:db8:9::2")
                        .address())
                .hasToString("203.0.113.9");
        assertThat(of(PROXIES, "2001:db8:9:0:0:0:0:1", "2001:DB8::1").address()).hasToString("2001:db8::1");
    }

    @Test
    void whatAProxyDidNotWriteProperlyIsNotBelieved() {
        assertThat(of(PROXIES, "198.51.100.1", "10.0.0.1, unknown").address()).hasToString("198.51.100.1");
        assertThat(of(PROXIES, "198.51.100.1", "10.0.0.1,").address()).hasToString("198.51.100.1");
        assertThat(of(PROXIES, "198.51.100.1").address()).hasToString("198.51.100.1");
        assertThat(of(PROXIES, "198.51.100.1", "203.0.113.9, nonsense, 198.51.100.3")
                        .address())
                .hasToString("198.51.100.3");
    }

    @Test
    void anIPv4ClientOfAnIPv6SocketIsTheIPv4Client() {
        assertThat(of(PROXIES, "::ffff:203.0.113.9").address()).hasToString("203.0.113.9");
        assertThat(of(PROXIES, "::ffff:198.51.100.1", "::ffff:203.0.113.9").address())
                .hasToString("203.0.113.9");
    }

    @Test
    void onlyWhoComesByNoProxyIsAtTheMachineItself() {
        assertThat(of(List.of(), "127.0.0.1").local()).isTrue();
        assertThat(of(List.of(), "0:0:0:0:0:0:0:1").local()).isTrue();
        assertThat(of(List.of(), "203.0.113.9").local()).isFalse();
        assertThat(of(List.of(), "127.0.0.1", "127.0.0.1").local()).isFalse();
        assertThat(of(List.of(prefix("127.0.0.1")), "127.0.0.1", "127.0.0.1").local())
                .isFalse();
        assertThat(of(List.of(prefix("127.0.0.1")), "127.0.0.1", "203.0.113.9").local())
                .isFalse();
        assertThat(ClientAddress.of(request("127.0.0.1", Map.of("Via", List.of("1.1 front"))), List.of())
                        .local())
                .isFalse();
    }

    @Test
    void theNextProcessIsToldOfTheMachineItselfOnlyWhenItIs() {
        assertThat(of(List.of(), "127.0.0.1").forwarded()).isEqualTo("127.0.0.1");
        assertThat(of(List.of(), "127.0.0.1", "203.0.113.9").forwarded()).isEqualTo("unknown, 127.0.0.1");
        assertThat(of(List.of(), "2001:db8:0:0:0:0:0:1").forwarded()).isEqualTo("2001:db8::1");
    }

    /** Asking a connection without one costs an exception. */
    @Test
    void onlyWhoSendsTheHeaderIsAskedForACertificate() {
        List<Object> asked = new ArrayList<>();

        ClientAddress.of(request("203.0.113.9", Map.of(), asked), List.of());
        assertThat(asked).isEmpty();
        ClientAddress.of(request("203.0.113.9", Map.of(FORWARDED, List.of("198.51.100.7")), asked), List.of());
        assertThat(asked).containsExactly("jakarta.servlet.request.X509Certificate");
    }

    @Test
    void aListOfProxiesThatCannotBeReadStopsTheStart() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("unkai.proxies", "198.51.100.1, front.example")));

        assertThatThrownBy(() -> new RequestFilter(environment)).hasMessageContaining("front.example");
    }

    private static AddressPrefix prefix(String text) {
        return AddressPrefix.parse(text).orElseThrow();
    }

    private static ClientAddress of(List<AddressPrefix> proxies, String peer, String... forwarded) {
        return ClientAddress.of(request(peer, Map.of(FORWARDED, List.of(forwarded))), proxies);
    }

    private static HttpServletRequest request(String peer, Map<String, List<String>> headers) {
        return request(peer, headers, new ArrayList<>());
    }

    /** @param asked gets the names of attributes that are asked for */
    private static HttpServletRequest request(String peer, Map<String, List<String>> headers, List<Object> asked) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ClientAddressTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], new ArrayList<>()));
                    case "getHeader" ->
                        headers.getOrDefault(arguments[0], List.of()).stream()
                                .findFirst()
                                .orElse(null);
                    case "getAttribute" -> {
                        asked.add(arguments[0]);
                        yield null;
                    }
                    default -> null;
                });
    }
}
