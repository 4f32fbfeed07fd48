@NullMarked
package dev.unkai.cloud.hosts.link;

import org.jspecify.annotations.NullMarked;
