/** The metadata service: tells each guest over its network what its config drive tells it, and needs neither cloud nor disk for it. */
@NullMarked
package dev.unkai.node.metadata;

import org.jspecify.annotations.NullMarked;
