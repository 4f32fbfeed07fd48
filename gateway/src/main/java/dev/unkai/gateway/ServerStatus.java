package dev.unkai.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the VPN server's own tool says ({@code occtl -j}) of its users, who are connected, and of its sessions, whose clients may be away:
 * {@code {"users": […], "sessions": […]}}. The tool leaves a comma behind the last field.
 */
final class ServerStatus {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();
    private static final String NAME = "Full session";

    private ServerStatus() {}

    /** Throws IllegalArgumentException for what is no such status. */
    static List<Tunnel> read(String text) {
        JsonNode status;
        try {
            status = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The VPN server's status cannot be read", e);
        }
        if (!status.path("users").isArray() || !status.path("sessions").isArray()) {
            throw new IllegalArgumentException("The VPN server's status lacks its users or its sessions");
        }
        Map<String, Tunnel> tunnels = new LinkedHashMap<>();
        for (JsonNode session : status.path("sessions")) {
            if (session.path("State").asString("").equals("authenticated")) {
                String name = session.path(NAME).asString("");
                tunnels.put(name, new Tunnel(name, null, text(session, "Remote IP"), 0, 0));
            }
        }
        for (JsonNode user : status.path("users")) {
            String inner = text(user, "IPv4");
            if (inner != null) {
                String name = user.path(NAME).asString("");
                // What the server has received its client has sent.
                tunnels.put(
                        name, new Tunnel(name, inner, text(user, "Remote IP"), number(user, "TX"), number(user, "RX")));
            }
        }
        return List.copyOf(tunnels.values());
    }

    private static @Nullable String text(JsonNode node, String field) {
        String value = node.path(field).asString("");
        return value.isEmpty() ? null : value;
    }

    private static long number(JsonNode node, String field) {
        String value = node.path(field).asString("");
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }
}
