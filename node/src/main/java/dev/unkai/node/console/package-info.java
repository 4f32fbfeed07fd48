/** Relays between console sessions and guests' sockets. */
@NullMarked
package dev.unkai.node.console;

import org.jspecify.annotations.NullMarked;
