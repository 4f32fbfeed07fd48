/**
 * What a contract may promise: plans as policy data, in published versions that never change. Other modules ask {@link dev.unkai.cloud.plan.Plans} for a
 * plan and its policies for what holds; none of them ever looks at a plan's name.
 */
@NullMarked
package dev.unkai.cloud.plan;

import org.jspecify.annotations.NullMarked;
