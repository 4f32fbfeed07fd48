@NullMarked
package dev.unkai.cloud.network;

import org.jspecify.annotations.NullMarked;
