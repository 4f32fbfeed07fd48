@NullMarked
package dev.unkai.cloud.contract.api;

import org.jspecify.annotations.NullMarked;
