package dev.unkai.node.hypervisor;

import java.util.Set;
import java.util.UUID;

/**
 * A guest as the hypervisor shows it.
 *
 * @param boot number of the boot (of the plan) that started it
 * @param halted its processors stand still: paused, or because of an input/output error (the host's disk is full, most often)
 * @param ports ids of the network ports that are plugged in
 */
public record RunningGuest(UUID id, long boot, boolean halted, Set<String> ports) {}
