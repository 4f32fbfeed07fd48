@NullMarked
package dev.unkai.cloud.network.api;

import org.jspecify.annotations.NullMarked;
