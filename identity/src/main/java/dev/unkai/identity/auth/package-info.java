@NullMarked
package dev.unkai.identity.auth;

import org.jspecify.annotations.NullMarked;
