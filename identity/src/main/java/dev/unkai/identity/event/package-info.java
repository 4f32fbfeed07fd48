@NullMarked
package dev.unkai.identity.event;

import org.jspecify.annotations.NullMarked;
