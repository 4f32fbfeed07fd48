@NullMarked
package dev.unkai.wire.token;

import org.jspecify.annotations.NullMarked;
