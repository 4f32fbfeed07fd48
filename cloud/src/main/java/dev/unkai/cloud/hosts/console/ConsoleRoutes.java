package dev.unkai.cloud.hosts.console;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where browsers find consoles; pages of other sites are turned away by their Origin. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class ConsoleRoutes implements WebSocketConfigurer {
    static final String PATH = "/service/v1/consoles/";

    private final ConsoleSocket socket;
    private final String publicUrl;

    ConsoleRoutes(ConsoleSocket socket, @Value("${unkai.public-url}") String publicUrl) {
        this.socket = socket;
        this.publicUrl = publicUrl;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(socket, PATH + "*").addInterceptors(socket).setAllowedOrigins(publicUrl);
    }
}
