@NullMarked
package dev.unkai.wire;

import org.jspecify.annotations.NullMarked;
