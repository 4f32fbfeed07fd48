@NullMarked
package dev.unkai.wire.event;

import org.jspecify.annotations.NullMarked;
