/** The machine's hypervisor: a port, and libvirt behind it. */
@NullMarked
package dev.unkai.node.hypervisor;

import org.jspecify.annotations.NullMarked;
