/** The tunnels of the SSL-VPN: their addresses, who has one open, and what the gateway is told of them. */
@NullMarked
package dev.unkai.identity.vpn;

import org.jspecify.annotations.NullMarked;
