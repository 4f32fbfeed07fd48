@NullMarked
package dev.unkai.identity.oauth;

import org.jspecify.annotations.NullMarked;
