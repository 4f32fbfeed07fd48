@NullMarked
package dev.unkai.cloud.breakglass;

import org.jspecify.annotations.NullMarked;
