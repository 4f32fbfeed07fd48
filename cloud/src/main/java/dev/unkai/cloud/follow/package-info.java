/** Which things have changed, told to whoever looks at them. */
@NullMarked
package dev.unkai.cloud.follow;

import org.jspecify.annotations.NullMarked;
