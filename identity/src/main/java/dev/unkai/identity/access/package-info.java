@NullMarked
package dev.unkai.identity.access;

import org.jspecify.annotations.NullMarked;
