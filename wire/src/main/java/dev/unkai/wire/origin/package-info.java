@NullMarked
package dev.unkai.wire.origin;

import org.jspecify.annotations.NullMarked;
