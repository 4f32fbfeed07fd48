package dev.unkai.identity.federation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identity's only way out to the Internet, and a narrow one: TLS with certificates that the machine trusts, no redirects, ten seconds for all of an
 * answer, 256 KiB at most. An issuer's own document may name further addresses: those of this machine and of its link (RFC 3927) are not asked.
 */
@Component
final class IssuerLine {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final boolean loopback;

    /** @param loopback whether issuers on this machine may be asked, and without TLS: for tests of the product */
    IssuerLine(@Value("${unkai.federation.loopback-issuers:false}") boolean loopback) {
        this.loopback = loopback;
    }

    /** An answer with its body read; an empty object where that is no JSON. */
    record Answer(int status, JsonNode body) {}

    Answer get(URI address) throws IssuerTrouble {
        return send(address, request(address).GET());
    }

    /** @param authorization the header, or null */
    Answer post(URI address, Map<String, String> form, @Nullable String authorization) throws IssuerTrouble {
        HttpRequest.Builder request = request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return send(address, request);
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether the address is one that may be asked at all; its name is looked up when it is asked. */
    boolean takes(URI address) {
        String host = address.getHost();
        if (host == null || address.getUserInfo() != null || address.getFragment() != null) {
            return false;
        }
        return "https".equals(address.getScheme())
                || loopback && "http".equals(address.getScheme()) && host.equals("127.0.0.1");
    }

    private HttpRequest.Builder request(URI address) throws IssuerTrouble {
        if (!takes(address)) {
            throw IssuerTrouble.notBelieved("its address " + address + " is no https address");
        }
        return HttpRequest.newBuilder().uri(address).timeout(WHOLE).header("Accept", "application/json");
    }

    private Answer send(URI address, HttpRequest.Builder request) throws IssuerTrouble {
        refuseInner(address);
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> whole = answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(whole.statusCode(), read(whole.body()));
        } catch (TimeoutException e) {
            throw IssuerTrouble.unavailable(address.getHost() + " did not answer within " + WHOLE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw IssuerTrouble.unavailable(address.getHost() + " does not answer: " + told(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw IssuerTrouble.unavailable("the service is stopping");
        } finally {
            answer.cancel(true);
        }
    }

    private void refuseInner(URI address) throws IssuerTrouble {
        if (loopback) {
            return;
        }
        try {
            for (InetAddress each : InetAddress.getAllByName(address.getHost())) {
                if (each.isLoopbackAddress()
                        || each.isAnyLocalAddress()
                        || each.isLinkLocalAddress()
                        || each.isMulticastAddress()) {
                    throw IssuerTrouble.notBelieved(address.getHost() + " is this machine itself or on its link");
                }
            }
        } catch (UnknownHostException e) {
            throw IssuerTrouble.unavailable("the name " + address.getHost() + " is not known");
        }
    }

    private static String told(@Nullable Throwable cause) {
        if (!(cause instanceof IOException)) {
            return String.valueOf(cause);
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node.isObject() ? node : JSON.createObjectNode();
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
