@NullMarked
package dev.unkai.cloud.forward.subscription;

import org.jspecify.annotations.NullMarked;
