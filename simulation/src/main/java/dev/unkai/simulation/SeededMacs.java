package dev.unkai.simulation;

import dev.unkai.cloud.network.domain.Macs;
import java.util.Locale;

/** Hardware addresses by the run's chance. */
final class SeededMacs extends Macs {
    private final Chance chance;

    SeededMacs(Chance chance) {
        this.chance = chance;
    }

    @Override
    public String next() {
        int number = chance.between(0, (1 << 24) - 1);
        return String.format(Locale.ROOT, "fa:16:3e:%02x:%02x:%02x", number >>> 16, number >>> 8 & 255, number & 255);
    }
}
