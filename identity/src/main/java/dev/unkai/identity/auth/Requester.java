package dev.unkai.identity.auth;

import dev.unkai.web.Peer;
import jakarta.servlet.http.HttpServletRequest;

/** Where a request comes from, as long as nobody knows whose it is. */
public record Requester(String address, String agent, String requestId) {
    public static Requester of(HttpServletRequest request) {
        return new Requester(Peer.address(request), Peer.agent(request), Peer.requestId(request));
    }
}
