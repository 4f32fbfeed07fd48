@NullMarked
package dev.unkai.identity.factor;

import org.jspecify.annotations.NullMarked;
