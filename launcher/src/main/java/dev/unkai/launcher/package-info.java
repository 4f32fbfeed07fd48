@NullMarked
package dev.unkai.launcher;

import org.jspecify.annotations.NullMarked;
