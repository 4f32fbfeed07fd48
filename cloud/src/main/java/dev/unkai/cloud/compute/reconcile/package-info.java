@NullMarked
package dev.unkai.cloud.compute.reconcile;

import org.jspecify.annotations.NullMarked;
