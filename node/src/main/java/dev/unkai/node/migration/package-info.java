/** Guests on their way from host to host: a tunnel between the two nodes, and what each end does. */
@NullMarked
package dev.unkai.node.migration;

import org.jspecify.annotations.NullMarked;
