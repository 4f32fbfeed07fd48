@NullMarked
package dev.unkai.base.reconcile;

import org.jspecify.annotations.NullMarked;
