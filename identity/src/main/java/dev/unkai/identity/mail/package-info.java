@NullMarked
package dev.unkai.identity.mail;

import org.jspecify.annotations.NullMarked;
