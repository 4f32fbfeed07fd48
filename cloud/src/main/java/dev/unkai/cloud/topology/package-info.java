/** The picture of a project: its networks, routers, servers and how they hang together. */
@NullMarked
package dev.unkai.cloud.topology;

import org.jspecify.annotations.NullMarked;
