package dev.unkai.cloud.placement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unkai.base.openapi.OneOf;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search for a host, with its reasons, as hosts were at that time.
 *
 * @param outcome {@code placed}, {@code nowhere}, or {@code later}: those that fit were silent
 * @param host on which it was placed, else null
 * @param shortage the word of the filter that left no host over; null unless the outcome is {@code nowhere}
 * @param sentence why there was none, for the provider; null when there was one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Decision(
        Instant at,
        @OneOf({"placed", "nowhere", "later"}) String outcome,
        @Nullable String host,
        @Nullable String shortage,
        @Nullable String sentence,
        Search search) {

    /**
     * What was needed and what was looked at.
     *
     * @param steps what each filter left over; none where the database gave the roomiest of those that fit
     * @param hosts those compared, best first, then those turned away; at most {@link #MOST_HOSTS}
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Search(Wanted wanted, List<Step> steps, List<Compared> hosts) {
        static final int MOST_HOSTS = 16;

        public Search {
            steps = List.copyOf(steps);
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * @param zone the availability zone asked for, or null
     * @param host the host asked for by the provider, or null
     * @param group how it wants to stand to others of its server group: {@code none}, {@code together}, {@code apart},
     *     {@code rather_together} or {@code rather_apart}
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Wanted(
            int vcpus,
            long memoryMib,
            long diskGib,
            @Nullable String zone,
            @Nullable String host,
            boolean uefi,
            @OneOf(of = Demand.Wish.class) String group) {}

    /** How many hosts a filter was given, and how many it left. */
    public record Step(String filter, int before, int after) {}

    /**
     * A host with what it had free for claims.
     *
     * @param lacks what spoke against it: a filter's word, {@code left} (the server comes from there), {@code silent}, or {@code outrun}
     *     (others claimed the room first); null for one that fits
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Compared(
            String name,
            String zone,
            long freeVcpus,
            long freeMemoryMib,
            long freeDiskGib,
            int guests,
            @Nullable String lacks) {}
}
