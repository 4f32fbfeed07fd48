@NullMarked
package dev.unkai.identity.account;

import org.jspecify.annotations.NullMarked;
