@NullMarked
package dev.unkai.identity.group;

import org.jspecify.annotations.NullMarked;
