package dev.unkai.cloud.plan;

/** On which hosts the contract's servers run. */
public sealed interface PlacementPolicy {
    /** On hosts that many customers use. */
    record SharedHosts() implements PlacementPolicy {}

    /**
     * On hosts that are this contract's alone.
     *
     * @param fewestHosts how many the contract has at least
     */
    record DedicatedHosts(int fewestHosts) implements PlacementPolicy {}
}
