@NullMarked
package dev.unkai.cloud.compute.api;

import org.jspecify.annotations.NullMarked;
