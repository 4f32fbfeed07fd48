@NullMarked
package dev.unkai.cloud.compute;

import org.jspecify.annotations.NullMarked;
