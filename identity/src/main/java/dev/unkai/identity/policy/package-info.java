@NullMarked
package dev.unkai.identity.policy;

import org.jspecify.annotations.NullMarked;
