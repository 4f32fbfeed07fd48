package dev.unkai.cloud.placement;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/** What hosts have to fulfil, one after the other; the one that leaves no host over says what was short. */
enum Filter {
    // First, since it looks at all hosts: a dedicated host takes its own customer's servers only, and a customer with
    // dedicated hosts has its servers nowhere else.
    OWNER((host, demand) -> host.project() == null) {
        @Override
        List<Candidate> apply(Demand demand, List<Candidate> hosts) {
            List<Candidate> own = hosts.stream()
                    .filter(host -> demand.project().equals(host.project()))
                    .toList();
            return own.isEmpty() ? super.apply(demand, hosts) : own;
        }

        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "All hosts are dedicated to other customers.";
        }
    },
    ZONE((host, demand) -> demand.zone() == null || host.zone().equals(demand.zone())) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "There is no host in availability zone " + demand.zone() + ".";
        }
    },
    HOST((host, demand) -> demand.host() == null || host.name().equals(demand.host())) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "Host " + demand.host() + " is not known.";
        }
    },
    FIRMWARE((host, demand) -> host.uefi() || !demand.uefi()) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "The image boots by UEFI, and no host has UEFI firmware installed.";
        }
    },
    MAINTENANCE((host, demand) -> !host.maintenance()) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "All hosts are in maintenance.";
        }
    },
    COMPANY(Filter::hasRightCompany) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return demand.company().wish() == Demand.Wish.TOGETHER
                    ? "The host of the server group's other servers cannot take this one."
                    : "Every host has a server of the same server group already.";
        }
    },
    MEMORY((host, demand) -> host.freeMemoryMib() >= demand.memoryMib()) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "No host has " + demand.memoryMib() + " MiB of memory free; the roomiest has "
                    + most(before, Candidate::freeMemoryMib) + " MiB.";
        }
    },
    VCPUS((host, demand) -> host.freeVcpus() >= demand.vcpus()) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "No host has " + demand.vcpus() + " vCPUs and " + demand.memoryMib()
                    + " MiB of memory free; the roomiest has " + most(before, Candidate::freeVcpus) + " vCPUs.";
        }
    },
    DISK((host, demand) -> host.freeDiskGib() >= demand.diskGib()) {
        @Override
        String shortage(Demand demand, List<Candidate> before) {
            return "No host has " + demand.diskGib()
                    + " GiB of disk free beside enough memory and vCPUs; the roomiest has "
                    + most(before, Candidate::freeDiskGib) + " GiB.";
        }
    };

    private final BiPredicate<Candidate, Demand> passes;

    Filter(BiPredicate<Candidate, Demand> passes) {
        this.passes = passes;
    }

    List<Candidate> apply(Demand demand, List<Candidate> hosts) {
        return hosts.stream().filter(host -> passes.test(host, demand)).toList();
    }

    /** What to tell when none of the hosts before this filter passed it. */
    abstract String shortage(Demand demand, List<Candidate> before);

    private static boolean hasRightCompany(Candidate host, Demand demand) {
        var others = demand.company().hosts();
        return switch (demand.company().wish()) {
            case TOGETHER -> others.isEmpty() || others.contains(host.id());
            case APART -> !others.contains(host.id());
            case NONE, RATHER_TOGETHER, RATHER_APART -> true;
        };
    }

    private static long most(List<Candidate> hosts, ToLongFunction<Candidate> of) {
        return Math.max(0, hosts.stream().mapToLong(of).max().orElse(0));
    }
}
