@NullMarked
package dev.unkai.wire.evidence;

import org.jspecify.annotations.NullMarked;
