@NullMarked
package dev.unkai.cloud.forward.api;

import org.jspecify.annotations.NullMarked;
