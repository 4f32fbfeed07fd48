package dev.unkai.bench;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured thing: the median of its samples, its spread, and the ratio to the raw part where there is one.
 *
 * @param raw the raw part's median in the same unit, or null
 */
record Figure(
        String what,
        String unit,
        double[] samples,
        @Nullable Double raw) {
    static Figure of(String what, String unit, double... samples) {
        return new Figure(what, unit, samples, null);
    }

    Figure against(Figure part) {
        return new Figure(what, unit, samples, part.median());
    }

    /** The same at another time. */
    Figure at(String time) {
        return new Figure(what + ", at " + time, unit, samples, raw);
    }

    double median() {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        String line = String.format(Locale.ROOT, "%-48s %10.1f %s", what, median(), unit);
        if (samples.length > 1) {
            line += String.format(Locale.ROOT, "  (%.1f to %.1f)", sorted[0], sorted[sorted.length - 1]);
        }
        return raw == null ? line : line + String.format(Locale.ROOT, "  = %.2f x raw", median() / raw);
    }
}
