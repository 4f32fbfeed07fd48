/** Secrets that a database must keep and nobody may read in it. */
@NullMarked
package dev.unkai.base.seal;

import org.jspecify.annotations.NullMarked;
