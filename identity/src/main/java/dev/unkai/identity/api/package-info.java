@NullMarked
package dev.unkai.identity.api;

import org.jspecify.annotations.NullMarked;
