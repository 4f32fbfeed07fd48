package dev.unkai.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventClassTest {
    @Test
    void aLogInOnAHostIsKeptAsAnyLogInAndOneWithoutAnAccessAsAnAlarm() {
        for (String log : new String[] {Facts.PROVIDER, "a customer's"}) {
            assertThat(EventClass.of(log, "log-in", "compute/host")).isEqualTo(EventClass.ACCESS);
            assertThat(EventClass.of(log, "log-in/without-access", "compute/host"))
                    .isEqualTo(EventClass.SECURITY);
        }
        assertThat(EventClass.of(Facts.PROVIDER, "log-in/review", "operation/break-glass"))
                .isEqualTo(EventClass.SECURITY);
        assertThat(EventClass.of(Facts.PROVIDER, "maintenance/begin", "compute/host"))
                .isEqualTo(EventClass.PLATFORM);
    }
}
