@NullMarked
package dev.unkai.identity.contract;

import org.jspecify.annotations.NullMarked;
