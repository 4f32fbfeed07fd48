/** How a host's plan is put together of its parts. */
@NullMarked
package dev.unkai.wire.plan;

import org.jspecify.annotations.NullMarked;
