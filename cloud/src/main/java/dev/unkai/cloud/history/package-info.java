@NullMarked
package dev.unkai.cloud.history;

import org.jspecify.annotations.NullMarked;
