@NullMarked
package dev.unkai.identity.token;

import org.jspecify.annotations.NullMarked;
