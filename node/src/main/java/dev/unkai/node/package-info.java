@NullMarked
package dev.unkai.node;

import org.jspecify.annotations.NullMarked;
