package dev.unkai.cloud.plan;

/**
 * What is erased when a contract has ended.
 *
 * @param graceDays from the end until the provider erases what the customer has left
 */
public record ErasurePolicy(Extent extent, int graceDays) {
    /** How far the erasure goes. */
    public enum Extent {
        /** Every object of the contract. */
        OBJECTS,
        /** Every object, and each host that was the contract's is initialised anew before anybody else gets it. */
        OBJECTS_AND_HOSTS
    }
}
