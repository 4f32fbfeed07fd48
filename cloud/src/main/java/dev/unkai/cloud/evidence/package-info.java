@NullMarked
package dev.unkai.cloud.evidence;

import org.jspecify.annotations.NullMarked;
