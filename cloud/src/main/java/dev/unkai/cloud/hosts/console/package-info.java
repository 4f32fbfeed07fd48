@NullMarked
package dev.unkai.cloud.hosts.console;

import org.jspecify.annotations.NullMarked;
