@NullMarked
package dev.unkai.cloud.placement;

import org.jspecify.annotations.NullMarked;
