package dev.unkai.cloud.placement;

import java.util.Comparator;
import java.util.List;

/** Orders the hosts that fit, best first: those that a server group would rather have, then most memory free, then fewest guests. */
final class Weigher {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingLong(Candidate::freeMemoryMib)
            .reversed()
            .thenComparingInt(Candidate::guests)
            .thenComparing(Candidate::name);

    private Weigher() {}

    static List<Candidate> order(Demand demand, List<Candidate> hosts) {
        Comparator<Candidate> company = Comparator.comparing(host -> !isLiked(host, demand.company()));
        return hosts.stream().sorted(company.thenComparing(BEST_FIRST)).toList();
    }

    private static boolean isLiked(Candidate host, Demand.Company company) {
        boolean others = company.hosts().contains(host.id());
        return switch (company.wish()) {
            case NONE, TOGETHER, APART -> true;
            case RATHER_TOGETHER -> others;
            case RATHER_APART -> !others;
        };
    }
}
