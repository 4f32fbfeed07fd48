package dev.unkai.identity.breakglass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class GrantsToldTest {
    @Test
    void asDeliveredBreakGlassIsRequired() {
        try (var context = new AnnotationConfigApplicationContext(GrantsTold.class)) {
            assertThat(context.getBean(GrantsTold.class).now().required()).isTrue();
        }
    }

    @Test
    void aWordThatIsNoneStopsTheStart() {
        assertThat(new GrantsTold("open").now().required()).isFalse();
        assertThatThrownBy(() -> new GrantsTold("opne")).hasMessageContaining("\"open\" or \"required\"");
    }
}
