package dev.unkai.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareMemoryTest {
    private static final long MIB = 1 << 20;

    private long heap;
    private int collections;
    private final SpareMemory memory = new SpareMemory(() -> heap, () -> {
        collections++;
        heap = 30 * MIB;
    });

    @Test
    void whatARushTookIsGivenBackOnceTheHeapGrowsNoMore() {
        for (long grown : new long[] {30, 60, 90, 120}) {
            heap = grown * MIB;
            memory.giveBackIfSpare();
        }
        assertThat(collections).as("while it grows").isZero();

        memory.giveBackIfSpare();
        assertThat(collections).isEqualTo(1);

        memory.giveBackIfSpare();
        memory.giveBackIfSpare();
        assertThat(collections).as("with nothing more to give").isEqualTo(1);
    }

    @Test
    void aHeapThatHasHardlyGrownIsLeftAlone() {
        heap = 30 * MIB;
        memory.giveBackIfSpare();
        memory.giveBackIfSpare();
        assertThat(collections).as("first").isEqualTo(1);

        heap = 33 * MIB;
        memory.giveBackIfSpare();
        memory.giveBackIfSpare();
        assertThat(collections).isEqualTo(1);
    }
}
