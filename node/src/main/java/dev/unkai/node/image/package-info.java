/** Base images kept on this host. */
@NullMarked
package dev.unkai.node.image;

import org.jspecify.annotations.NullMarked;
