@NullMarked
package dev.unkai.cloud.hosts.api;

import org.jspecify.annotations.NullMarked;
