@NullMarked
package dev.unkai.identity.backup;

import org.jspecify.annotations.NullMarked;
