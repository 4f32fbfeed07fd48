@NullMarked
package dev.unkai.base.tls;

import org.jspecify.annotations.NullMarked;
