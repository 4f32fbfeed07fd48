@NullMarked
package dev.unkai.cloud.evidence.api;

import org.jspecify.annotations.NullMarked;
