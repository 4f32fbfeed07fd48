@NullMarked
package dev.unkai.cloud.plan.store;

import org.jspecify.annotations.NullMarked;
