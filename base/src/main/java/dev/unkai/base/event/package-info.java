@NullMarked
package dev.unkai.base.event;

import org.jspecify.annotations.NullMarked;
