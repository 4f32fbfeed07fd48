package dev.unkai.node.host;

/**
 * How guests run on this host.
 *
 * @param kvm by hardware; otherwise by QEMU's translator (TCG)
 * @param note why not by hardware, for people; empty when there is nothing to say
 */
public record Acceleration(boolean kvm, String note) {
    public String fact() {
        return kvm ? "kvm" : "tcg";
    }

    /** libvirt's name of it: the type attribute of a domain. */
    public String domainType() {
        return kvm ? "kvm" : "qemu";
    }
}
