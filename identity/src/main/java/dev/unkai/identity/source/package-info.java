@NullMarked
package dev.unkai.identity.source;

import org.jspecify.annotations.NullMarked;
