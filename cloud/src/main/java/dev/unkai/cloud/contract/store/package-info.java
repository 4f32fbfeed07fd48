@NullMarked
package dev.unkai.cloud.contract.store;

import org.jspecify.annotations.NullMarked;
