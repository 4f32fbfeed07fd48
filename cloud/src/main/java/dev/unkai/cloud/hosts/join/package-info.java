@NullMarked
package dev.unkai.cloud.hosts.join;

import org.jspecify.annotations.NullMarked;
