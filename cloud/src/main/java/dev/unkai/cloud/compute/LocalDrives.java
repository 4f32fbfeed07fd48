package dev.unkai.cloud.compute;

import dev.unkai.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disks that a server has on its host beside its own: ephemeral ones and swap. Where nothing was asked for they are as the flavor
 * says, one ephemeral disk of all that it has, and swap of all that it has.
 *
 * @param rootTag by which the guest is told which disk is its own; null: by none
 * @param ephemerals what was asked for in place of the flavor's one; empty: nothing
 * @param swap what was asked for in place of the flavor's; null: nothing
 */
public record LocalDrives(
        @Nullable String rootTag,
        List<Ephemeral> ephemerals,
        @Nullable Swap swap) {
    /** As the flavor says. */
    public static final LocalDrives UNASKED = new LocalDrives(null, List.of(), null);

    private static final String FORMAT = "ext4";
    private static final String SWAP = "swap";
    private static final int MIB_PER_GIB = 1024;

    public LocalDrives {
        ephemerals = List.copyOf(ephemerals);
    }

    /**
     * @param sizeGb null: all that the flavor has
     * @param format null: {@value LocalDrives#FORMAT}
     */
    public record Ephemeral(
            @Nullable Integer sizeGb,
            @Nullable String format,
            @Nullable String tag) {}

    /** @param sizeMb null: all that the flavor has */
    public record Swap(@Nullable Integer sizeMb, @Nullable String tag) {}

    /**
     * One disk as a host makes it.
     *
     * @param name among the server's, in the reference's words: ephemeral0, ephemeral1, … or swap
     */
    public record Drive(
            String name,
            long sizeMib,
            String format,
            @Nullable String tag) {
        /** What is on it is worth nothing once its guest is off. */
        public boolean isSwap() {
            return name.equals(SWAP);
        }
    }

    /** Refuses more than the flavor has. */
    void check(Server.Size flavor) {
        long asked = ephemerals.stream()
                .mapToLong(one -> one.sizeGb() == null ? flavor.ephemeralGb() : one.sizeGb())
                .sum();
        if (asked > flavor.ephemeralGb()) {
            throw Refusal.invalid("Ephemeral disks requested are larger than the instance type allows. If no size is"
                    + " given in one block device mapping, flavor ephemeral size will be used. The flavor has "
                    + flavor.ephemeralGb() + " GiB.");
        }
        if (swap != null && swap.sizeMb() != null && swap.sizeMb() > flavor.swapMb()) {
            throw Refusal.invalid("Swap drive requested is larger than instance type allows: the flavor has "
                    + flavor.swapMb() + " MiB.");
        }
    }

    /** The disks of a server with this flavor, in the order in which its guest sees them. */
    public List<Drive> of(Server.Size flavor) {
        List<Drive> drives = new ArrayList<>();
        List<Ephemeral> wanted = ephemerals.isEmpty() ? List.of(new Ephemeral(null, null, null)) : ephemerals;
        for (Ephemeral one : wanted) {
            long gib = one.sizeGb() == null ? flavor.ephemeralGb() : one.sizeGb();
            if (gib > 0) {
                drives.add(new Drive(
                        "ephemeral" + drives.size(),
                        gib * MIB_PER_GIB,
                        one.format() == null ? FORMAT : one.format(),
                        one.tag()));
            }
        }
        int most = flavor.swapMb();
        Integer asked = swap == null ? null : swap.sizeMb();
        int mib = asked == null ? most : Math.min(asked, most); // a smaller flavor may have been chosen since
        if (mib > 0) {
            drives.add(new Drive(SWAP, mib, SWAP, swap == null ? null : swap.tag()));
        }
        return drives;
    }
}
