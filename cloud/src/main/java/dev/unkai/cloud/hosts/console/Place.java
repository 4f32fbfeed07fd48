package dev.unkai.cloud.hosts.console;

import dev.unkai.web.Peer;
import dev.unkai.wire.origin.IpAddress;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where somebody looks at a screen from.
 *
 * @param local whether that is this machine itself, through no proxy
 */
record Place(IpAddress address, boolean local, String agent) {
    static Place of(HttpServletRequest request) {
        return new Place(Peer.source(request), Peer.isLocal(request), Peer.agent(request));
    }
}
