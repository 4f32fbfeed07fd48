package dev.unkai.cloud.hosts.console;

import com.google.protobuf.ByteString;
import dev.unkai.cloud.hosts.console.SessionRows.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    private static final String PLACE = "unkai.place";
    private static final String RELAY = "unkai.relay";
    private static final CloseStatus USED_UP =
            CloseStatus.POLICY_VIOLATION.withReason("This console link was used already.");

    private final ConsoleSessions sessions;
    private final ScreenRules rules;
    private final Relays relays;

    ConsoleSocket(ConsoleSessions sessions, ScreenRules rules, Relays relays) {
        this.sessions = sessions;
        this.rules = rules;
        this.relays = relays;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        if (!(request instanceof ServletServerHttpRequest servlet)) {
            return false;
        }
        Place place = Place.of(servlet.getServletRequest());
        String path = request.getURI().getPath();
        Optional<Session> session = sessions.peek(path.substring(path.lastIndexOf('/') + 1));
        if (session.isEmpty()) {
            sessions.refuse(place);
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return false;
        }
        if (!rules.permit(session.get(), place)) {
            sessions.refuse(session.get(), place);
            response.setStatusCode(HttpStatus.FORBIDDEN);
            return false;
        }
        attributes.put(SESSION, session.get());
        attributes.put(PLACE, place);
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
        if (!(browser.getAttributes().get(SESSION) instanceof Session session)
                || !(browser.getAttributes().get(PLACE) instanceof Place place)) {
            throw new IllegalStateException("A websocket without a session has got past the handshake");
        }
        SocketRelay relay = new SocketRelay(session, place, browser);
        // The relay is there before the host can learn of the session.
        relays.add(relay);
        if (!sessions.open(session, place)) {
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
}
