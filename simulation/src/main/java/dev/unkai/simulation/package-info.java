/** The whole control plane with many hosts on one thread, on a schedule that a seed decides. */
@NullMarked
package dev.unkai.simulation;

import org.jspecify.annotations.NullMarked;
