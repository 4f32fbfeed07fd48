package dev.unkai.cloud.plan;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the customer sees of its usage, and on what it is alarmed without having to set anything up.
 *
 * @param graphs what is measured and shown
 * @param standardAlarms what is watched for unusual use from the start; empty: the customer makes its own rules
 */
public record MonitoringPolicy(Set<Metric> graphs, Set<Metric> standardAlarms) {
    public MonitoringPolicy {
        graphs = Set.copyOf(graphs);
        standardAlarms = Set.copyOf(standardAlarms);
    }

    /** A kind of resource that can be measured. */
    public enum Metric {
        CPU,
        MEMORY,
        DISK,
        NETWORK
    }

    /** In the order of their declaration. */
    public static Set<Metric> ordered(Set<Metric> metrics) {
        return metrics.isEmpty() ? EnumSet.noneOf(Metric.class) : EnumSet.copyOf(metrics);
    }
}
