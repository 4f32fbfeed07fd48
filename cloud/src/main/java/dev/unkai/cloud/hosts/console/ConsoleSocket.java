package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import dev.unkai.cloud.hosts.console.SessionRows.Session;
import dev.unkai.web.Peer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** The browser's end of a console session: a websocket whose path carries the one-time token. */
@Component
class ConsoleSocket extends AbstractWebSocketHandler implements HandshakeInterceptor, SubProtocolCapable {
    private static final String SESSION = "unkai.session";
    private static final String ADDRESS = "unkai.address";
    private static final String RELAY = "unkai.relay";
    private static final CloseStatus USED_UP =
            CloseStatus.POLICY_VIOLATION.withReason("This console link was used already.");

    private final ConsoleSessions sessions;
    private final Relays relays;

    ConsoleSocket(ConsoleSessions sessions, Relays relays) {
        this.sessions = sessions;
        this.relays = relays;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        String path = request.getURI().getPath();
        Optional<Session> session = sessions.peek(path.substring(path.lastIndexOf('/') + 1));
        if (session.isEmpty()) {
            sessions.refuse(address(request), agent(request.getHeaders()));
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return false;
        }
        attributes.put(SESSION, session.get());
        attributes.put(ADDRESS, address(request));
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception fault) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession browser) throws Exception {
        if (!(browser.getAttributes().get(SESSION) instanceof Session session)) {
            throw new IllegalStateException("A websocket without a session has got past the handshake");
        }
        SocketRelay relay = new SocketRelay(session.id(), session.host(), browser);
        // The relay is there before the host can learn of the session.
        relays.add(relay);
        if (!sessions.open(
                session, String.valueOf(browser.getAttributes().get(ADDRESS)), agent(browser.getHandshakeHeaders()))) {
            relays.remove(relay);
            browser.close(USED_UP);
            return;
        }
        browser.getAttributes().put(RELAY, relay);
        relay.awaitHost();
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession browser, BinaryMessage message) throws Exception {
        type(browser, ByteString.copyFrom(message.getPayload()));
    }

    @Override
    protected void handleTextMessage(WebSocketSession browser, TextMessage message) throws Exception {
        type(browser, ByteString.copyFrom(message.getPayload(), StandardCharsets.UTF_8));
    }

    private static void type(WebSocketSession browser, ByteString bytes) throws InterruptedException {
        if (browser.getAttributes().get(RELAY) instanceof SocketRelay relay && !bytes.isEmpty()) {
            relay.typed(bytes);
        }
    }

    @Override
    public void handleTransportError(WebSocketSession browser, Throwable fault) {
        leave(browser);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession browser, CloseStatus status) {
        leave(browser);
    }

    private void leave(WebSocketSession browser) {
        if (browser.getAttributes().remove(RELAY) instanceof SocketRelay relay
                && browser.getAttributes().get(SESSION) instanceof Session session) {
            relays.remove(relay);
            relay.leave();
            sessions.close(session);
        }
    }

    /** Messages of any length come in parts: bytes have no borders here. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    /** What noVNC and its kin ask for. */
    @Override
    public List<String> getSubProtocols() {
        return List.of("binary");
    }

    private static String address(ServerHttpRequest request) {
        return request instanceof ServletServerHttpRequest servlet
                ? Peer.address(servlet.getServletRequest())
                : "unknown";
    }

    private static String agent(HttpHeaders headers) {
        String agent = headers.getFirst(HttpHeaders.USER_AGENT);
        return agent == null ? "" : agent.substring(0, Math.min(agent.length(), 200));
    }
}
