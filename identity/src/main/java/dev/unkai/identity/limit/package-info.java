@NullMarked
package dev.unkai.identity.limit;

import org.jspecify.annotations.NullMarked;
