package dev.unkai.cloud.plan;

import java.util.EnumSet;
import java.util.Set;

/**
 * What guards the console and the APIs of a contract beside the log-in.
 *
 * @param gates all of them must be passed; empty: none
 */
public record PortalAccess(Set<Gate> gates) {
    public PortalAccess {
        gates = Set.copyOf(gates);
    }

    /** A condition on where a request comes from. */
    public enum Gate {
        /** From an address of the contract's list only; without a list nobody gets in. */
        SOURCE_ADDRESSES,
        /** Through the contract's SSL-VPN tunnel only. */
        SSL_VPN
    }

    public boolean needs(Gate gate) {
        return gates.contains(gate);
    }

    /** In the order of their declaration. */
    public Set<Gate> ordered() {
        return gates.isEmpty() ? EnumSet.noneOf(Gate.class) : EnumSet.copyOf(gates);
    }
}
