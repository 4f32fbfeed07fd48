/** Brings what this host's packet filters noted to the cloud, each note once. */
@NullMarked
package dev.unkai.node.firewall;

import org.jspecify.annotations.NullMarked;
