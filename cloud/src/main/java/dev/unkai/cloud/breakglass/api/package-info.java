@NullMarked
package dev.unkai.cloud.breakglass.api;

import org.jspecify.annotations.NullMarked;
