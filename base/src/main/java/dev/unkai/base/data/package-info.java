@NullMarked
package dev.unkai.base.data;

import org.jspecify.annotations.NullMarked;
