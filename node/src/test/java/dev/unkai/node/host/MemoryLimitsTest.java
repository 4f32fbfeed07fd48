package dev.unkai.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLimitsTest {
    private static final String BOUNDED =
            "Max locked memory         8388608              8388608              bytes     ";
    private static final String FREE = "Max locked memory         unlimited            unlimited            bytes     ";

    @Test
    void needTheRightToRaiseLimitsOrNoLimit() {
        assertThat(MemoryLimits.allow(List.of("CapEff:\t000001ffffffffff"), List.of(BOUNDED)))
                .isTrue();
        assertThat(MemoryLimits.allow(List.of("CapEff:\t000001fffeffffff"), List.of(FREE)))
                .isTrue();
        assertThat(MemoryLimits.allow(List.of("CapEff:\t000001fffeffffff"), List.of(BOUNDED)))
                .isFalse();
    }
}
