/** One guest's way from plan to running machine and back. */
@NullMarked
package dev.unkai.node.guest;

import org.jspecify.annotations.NullMarked;
