@NullMarked
package dev.unkai.cloud.plan.api;

import org.jspecify.annotations.NullMarked;
