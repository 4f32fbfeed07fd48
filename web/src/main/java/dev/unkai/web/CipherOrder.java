package dev.unkai.web;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** The server chooses the cipher by its own order ({@code server.ssl.ciphers}), not by the client's. */
@Component
final class CipherOrder implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            for (var host : connector.findSslHostConfigs()) {
                host.setHonorCipherOrder(true);
            }
        });
    }
}
