@NullMarked
package dev.unkai.cloud.image.api;

import org.jspecify.annotations.NullMarked;
