@NullMarked
package dev.unkai.cloud.compute.store;

import org.jspecify.annotations.NullMarked;
