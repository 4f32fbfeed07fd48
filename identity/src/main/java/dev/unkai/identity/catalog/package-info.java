@NullMarked
package dev.unkai.identity.catalog;

import org.jspecify.annotations.NullMarked;
