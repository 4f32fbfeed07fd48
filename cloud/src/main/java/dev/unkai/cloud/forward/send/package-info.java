@NullMarked
package dev.unkai.cloud.forward.send;

import org.jspecify.annotations.NullMarked;
