@NullMarked
package dev.unkai.bench;

import org.jspecify.annotations.NullMarked;
