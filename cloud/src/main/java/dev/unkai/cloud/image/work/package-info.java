@NullMarked
package dev.unkai.cloud.image.work;

import org.jspecify.annotations.NullMarked;
