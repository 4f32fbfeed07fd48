@NullMarked
package dev.unkai.wire.metadata;

import org.jspecify.annotations.NullMarked;
