@NullMarked
package dev.unkai.identity.session;

import org.jspecify.annotations.NullMarked;
