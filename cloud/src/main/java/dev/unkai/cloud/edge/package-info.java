@NullMarked
package dev.unkai.cloud.edge;

import org.jspecify.annotations.NullMarked;
