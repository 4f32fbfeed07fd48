@NullMarked
package dev.unkai.identity;

import org.jspecify.annotations.NullMarked;
