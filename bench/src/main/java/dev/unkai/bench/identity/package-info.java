/** Measurements of the identity process. */
@NullMarked
package dev.unkai.bench.identity;

import org.jspecify.annotations.NullMarked;
