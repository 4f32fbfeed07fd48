@NullMarked
package dev.unkai.cloud.forward.delivery;

import org.jspecify.annotations.NullMarked;
