@NullMarked
package dev.unkai.identity.bootstrap;

import org.jspecify.annotations.NullMarked;
