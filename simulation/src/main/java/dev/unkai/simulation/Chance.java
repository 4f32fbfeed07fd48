package dev.unkai.simulation;

import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The one source of randomness of a run; the same seed gives the same run. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    /** True in {@code rate} of the cases, 0 to 1. */
    boolean happens(double rate) {
        return rate > 0 && random.nextDouble() < rate;
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Mostly near {@code typical}, seldom many times as much: how long things take. */
    long around(long typical) {
        double factor = -Math.log(1 - random.nextDouble());
        return Math.max(0, Math.round(typical * factor));
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    UUID uuid() {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
