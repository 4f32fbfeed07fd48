@NullMarked
package dev.unkai.cloud.image.store;

import org.jspecify.annotations.NullMarked;
