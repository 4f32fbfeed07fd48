@NullMarked
package dev.unkai.cloud.hosts;

import org.jspecify.annotations.NullMarked;
