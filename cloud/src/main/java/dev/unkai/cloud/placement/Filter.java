package dev.unkai.cloud.placement;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/**
 * What hosts have to fulfil, one after the other; the one that leaves no host over says what was short. How much room there is elsewhere, and for whom
 * hosts are kept, is the provider's own: customers are told what they can do.
 */
enum Filter {
    // First, since it looks at all hosts: a dedicated host takes its own customer's servers only, and a customer with
    // dedicated hosts has its servers nowhere else.
    OWNER(
            (host, demand) -> host.project() == null,
            (demand, before) -> "All hosts are dedicated to other customers.",
            (demand, own) -> "No host is open to the server at present. Ask the provider.") {
        @Override
        List<Candidate> apply(Demand demand, List<Candidate> hosts) {
            List<Candidate> own = hosts.stream()
                    .filter(host -> demand.project().equals(host.project()))
                    .toList();
            return own.isEmpty() ? super.apply(demand, hosts) : own;
        }
    },
    ZONE(
            (host, demand) -> demand.zone() == null || host.zone().equals(demand.zone()),
            (demand, before) -> "There is no host in availability zone " + demand.zone() + ".",
            (demand, own) -> (own ? "None of your dedicated hosts is" : "There is no host") + " in availability zone "
                    + demand.zone() + ". Choose another zone."),
    HOST(
            (host, demand) -> demand.host() == null || host.name().equals(demand.host()),
            (demand, before) -> "Host " + demand.host() + " is not known.",
            (demand, own) -> "Host " + demand.host() + " is not known. Choose another host, or none."),
    FIRMWARE(
            (host, demand) -> host.uefi() || !demand.uefi(),
            (demand, before) -> "The image boots by UEFI, and no host has UEFI firmware installed.",
            (demand, own) ->
                    "The image boots by UEFI, which no host can do. Choose an image that boots by BIOS, or ask the provider."),
    NODE(
            (host, demand) -> host.localDisks() || !demand.localDisks(),
            (demand, before) ->
                    "The server has an ephemeral disk or swap, and no host's node is new enough to make them. Update the nodes.",
            (demand, own) ->
                    "No host can give the server an ephemeral disk or swap at present. Choose a flavor without them, or ask the provider."),
    MAINTENANCE(
            (host, demand) -> !host.maintenance(),
            (demand, before) -> "All hosts are in maintenance.",
            (demand, own) ->
                    "The hosts that could take the server are in maintenance. Try again later, or ask the provider."),
    COMPANY(
            Filter::hasRightCompany,
            (demand, before) -> badCompany(demand),
            (demand, own) -> badCompany(demand) + " Choose a group with the policy "
                    + (isTogether(demand) ? "soft-affinity" : "soft-anti-affinity") + ", or none."),
    MEMORY(
            (host, demand) -> host.freeMemoryMib() >= demand.memoryMib(),
            (demand, before) -> "No host has " + demand.memoryMib() + " MiB of memory free; the roomiest has "
                    + most(before, Candidate::freeMemoryMib) + " MiB.",
            (demand, own) -> noRoom(demand, own, demand.memoryMib() + " MiB of memory")),
    VCPUS(
            (host, demand) -> host.freeVcpus() >= demand.vcpus(),
            (demand, before) -> "No host has " + demand.vcpus() + " vCPUs and " + demand.memoryMib()
                    + " MiB of memory free; the roomiest has " + most(before, Candidate::freeVcpus) + " vCPUs.",
            (demand, own) -> noRoom(demand, own, vcpus(demand) + " and " + demand.memoryMib() + " MiB of memory")),
    DISK(
            (host, demand) -> host.freeDiskGib() >= demand.diskGib(),
            (demand, before) -> "No host has " + demand.diskGib()
                    + " GiB of disk free beside enough memory and vCPUs; the roomiest has "
                    + most(before, Candidate::freeDiskGib) + " GiB.",
            (demand, own) -> noRoom(
                    demand,
                    own,
                    demand.diskGib() + " GiB of disk beside " + vcpus(demand) + " and " + demand.memoryMib()
                            + " MiB of memory"));

    private final BiPredicate<Candidate, Demand> passes;
    private final BiFunction<Demand, List<Candidate>, String> found;
    private final BiFunction<Demand, Boolean, String> told;

    Filter(
            BiPredicate<Candidate, Demand> passes,
            BiFunction<Demand, List<Candidate>, String> found,
            BiFunction<Demand, Boolean, String> told) {
        this.passes = passes;
        this.found = found;
        this.told = told;
    }

    List<Candidate> apply(Demand demand, List<Candidate> hosts) {
        return hosts.stream().filter(host -> passes.test(host, demand)).toList();
    }

    /** What the provider sees when none of the hosts before this filter passed it. */
    String found(Demand demand, List<Candidate> before) {
        return found.apply(demand, before);
    }

    /**
     * What the customer is told then, with what to do.
     *
     * @param own whether the hosts are dedicated to the customer
     */
    String told(Demand demand, boolean own) {
        return told.apply(demand, own);
    }

    private static String noRoom(Demand demand, boolean own, String wanted) {
        if (own) {
            return "None of your dedicated hosts has room for " + wanted
                    + " at present. Choose a smaller flavor, remove servers that you do not need, or ask the provider for another host.";
        }
        return "No host has room for " + wanted + " at present. Choose a smaller flavor"
                + (demand.zone() == null ? "" : " or another availability zone")
                + ", try again later, or ask the provider.";
    }

    private static String vcpus(Demand demand) {
        return demand.vcpus() == 1 ? "1 vCPU" : demand.vcpus() + " vCPUs";
    }

    private static boolean isTogether(Demand demand) {
        return demand.company().wish() == Demand.Wish.TOGETHER;
    }

    private static String badCompany(Demand demand) {
        return isTogether(demand)
                ? "The host of the server group's other servers cannot take this one."
                : "Every host has a server of the same server group already.";
    }

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
