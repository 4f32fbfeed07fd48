/** Passwords by link: a forgotten one is set anew by its owner, an issued one is opened once. */
@NullMarked
package dev.unkai.identity.passwordlink;

import org.jspecify.annotations.NullMarked;
