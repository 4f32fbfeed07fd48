@NullMarked
package dev.unkai.identity.trust;

import org.jspecify.annotations.NullMarked;
