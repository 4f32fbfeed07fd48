@NullMarked
package dev.unkai.cloud.plan.reading;

import org.jspecify.annotations.NullMarked;
