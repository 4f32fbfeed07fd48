@NullMarked
package dev.unkai.cloud.image;

import org.jspecify.annotations.NullMarked;
