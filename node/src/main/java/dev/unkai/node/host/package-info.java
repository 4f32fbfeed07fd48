/** What this host is and can do. */
@NullMarked
package dev.unkai.node.host;

import org.jspecify.annotations.NullMarked;
