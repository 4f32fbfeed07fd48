package dev.unkai.cloud.placement;

import java.util.Comparator;
import java.util.List;

/** Orders hosts that fit, best first: those with most memory free, then those with the fewest guests. */
final class Weigher {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingLong(Candidate::freeMemoryMib)
            .reversed()
            .thenComparingInt(Candidate::guests)
            .thenComparing(Candidate::name);

    private Weigher() {}

    static List<Candidate> order(List<Candidate> hosts) {
        return hosts.stream().sorted(BEST_FIRST).toList();
    }
}
