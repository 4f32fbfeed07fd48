@NullMarked
package dev.unkai.identity.credential;

import org.jspecify.annotations.NullMarked;
