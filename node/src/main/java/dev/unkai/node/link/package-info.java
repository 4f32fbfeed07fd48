/** The stream to the cloud. */
@NullMarked
package dev.unkai.node.link;

import org.jspecify.annotations.NullMarked;
