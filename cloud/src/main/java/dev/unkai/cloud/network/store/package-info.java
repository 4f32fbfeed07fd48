@NullMarked
package dev.unkai.cloud.network.store;

import org.jspecify.annotations.NullMarked;
