package dev.unkai.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.Refusal;
import dev.unkai.wire.token.Revocations;
import dev.unkai.wire.token.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class TokenGateTest {
    private final TokenGate starting = new TokenGate(new TokenVerifier(InstantSource.system(), new Revocations()));

    @Test
    void aTokenThatCannotBeCheckedYetIsNotCalledBad() {
        assertThatThrownBy(() -> starting.claims(request("a token of before")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE));
    }

    @Test
    void noTokenIsNoTokenAtAnyTime() {
        assertThat(starting.claims(request(null))).isEmpty();
    }

    private static HttpServletRequest request(String token) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TokenGateTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, method, arguments) ->
                        method.getName().equals("getHeader") && arguments[0].equals("X-Auth-Token") ? token : null);
    }
}
