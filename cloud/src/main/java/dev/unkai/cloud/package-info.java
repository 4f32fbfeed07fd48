@NullMarked
package dev.unkai.cloud;

import org.jspecify.annotations.NullMarked;
