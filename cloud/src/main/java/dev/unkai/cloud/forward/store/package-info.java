@NullMarked
package dev.unkai.cloud.forward.store;

import org.jspecify.annotations.NullMarked;
