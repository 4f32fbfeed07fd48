package dev.unkai.cloud.placement;

import dev.unkai.cloud.placement.Decision.Compared;
import dev.unkai.cloud.placement.Decision.Search;
import dev.unkai.cloud.placement.Decision.Step;
import dev.unkai.cloud.placement.Decision.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes of one search for a host while it goes on. */
final class Trace {
    private final List<Step> steps = new ArrayList<>();
    private final List<Compared> turnedAway = new ArrayList<>();
    private final Set<UUID> outrun = new HashSet<>();
    private List<Candidate> fitting = List.of();

    /** A condition was applied. */
    void step(String word, List<Candidate> before, List<Candidate> after) {
        if (before.size() == after.size()) {
            return; // it turned nobody away, so it explains nothing
        }
        steps.add(new Step(word, before.size(), after.size()));
        Set<Candidate> left = new HashSet<>(after);
        for (Candidate host : before) {
            if (turnedAway.size() == Search.MOST_HOSTS) {
                return;
            }
            if (!left.contains(host)) {
                turnedAway.add(compared(host, word));
            }
        }
    }

    /** These fit, best first. */
    void ordered(List<Candidate> hosts) {
        fitting = hosts;
    }

    /** Others claimed the room between the look at it and the claim. */
    void outrun(Candidate host) {
        outrun.add(host.id());
    }

    Search search(Demand demand) {
        List<Compared> hosts = new ArrayList<>();
        for (Candidate host : fitting) {
            hosts.add(compared(host, outrun.contains(host.id()) ? "outrun" : null));
        }
        hosts.addAll(turnedAway);
        return new Search(
                new Wanted(
                        demand.vcpus(),
                        demand.memoryMib(),
                        demand.diskGib(),
                        demand.zone(),
                        demand.host(),
                        demand.uefi(),
                        demand.company().wish().name().toLowerCase(Locale.ROOT)),
                steps,
                hosts.subList(0, Math.min(hosts.size(), Search.MOST_HOSTS)));
    }

    private static Compared compared(Candidate host, @Nullable String lacks) {
        return new Compared(
                host.name(),
                host.zone(),
                host.freeVcpus(),
                host.freeMemoryMib(),
                host.freeDiskGib(),
                host.guests(),
                lacks);
    }
}
