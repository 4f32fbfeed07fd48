package dev.unkai.node.host;

/** How the operator wants guests to run: by hardware, in software, or whichever is found to work. */
public enum DomainType {
    KVM,
    QEMU,
    PROBE
}
