/** What a process holds of the machine's memory beside its heap. */
@NullMarked
package dev.unkai.base.memory;

import org.jspecify.annotations.NullMarked;
