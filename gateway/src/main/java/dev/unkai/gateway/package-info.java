/** The process beside the VPN server: it asks identity who may open a tunnel, and tells it which tunnels there are. */
@NullMarked
package dev.unkai.gateway;

import org.jspecify.annotations.NullMarked;
