package dev.unkai.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpareMemoryTest {
    private static final long MIB = 1 << 20;

    private long heap;
    private int collections;
    private int pages;
    private final SpareMemory memory = new SpareMemory(
            () -> heap,
            () -> {
                collections++;
                heap = 30 * MIB;
            },
            () -> pages++);

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

    @Test
    void whatAStartHasReadOfTheClassCacheIsGivenBackAtTheFirstRestAndAfterEachRush() {
        heap = 30 * MIB;
        memory.giveBackIfSpare();
        assertThat(pages).as("while it may still be starting").isZero();

        memory.giveBackIfSpare();
        memory.giveBackIfSpare();
        assertThat(pages).isEqualTo(1);

        heap = 60 * MIB;
        memory.giveBackIfSpare();
        memory.giveBackIfSpare();
        assertThat(pages).isEqualTo(2);
    }
}
