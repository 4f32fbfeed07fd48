@NullMarked
package dev.unkai.base.access;

import org.jspecify.annotations.NullMarked;
