@NullMarked
package dev.unkai.identity.role;

import org.jspecify.annotations.NullMarked;
