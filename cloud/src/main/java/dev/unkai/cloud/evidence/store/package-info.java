@NullMarked
package dev.unkai.cloud.evidence.store;

import org.jspecify.annotations.NullMarked;
