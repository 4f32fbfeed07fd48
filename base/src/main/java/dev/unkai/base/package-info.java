@NullMarked
package dev.unkai.base;

import org.jspecify.annotations.NullMarked;
