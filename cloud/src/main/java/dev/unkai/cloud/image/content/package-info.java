@NullMarked
package dev.unkai.cloud.image.content;

import org.jspecify.annotations.NullMarked;
