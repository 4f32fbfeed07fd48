@NullMarked
package dev.unkai.cloud.evidence.seal;

import org.jspecify.annotations.NullMarked;
