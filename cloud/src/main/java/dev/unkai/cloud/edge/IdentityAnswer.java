package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import java.net.http.HttpResponse;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns identity's refusals into the service API's: the same kind, sentence and code. */
final class IdentityAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private IdentityAnswer() {}

    /** The answer as it is when it is good; else throws identity's refusal. */
    static HttpResponse<byte[]> orRefusal(HttpResponse<byte[]> answer) {
        if (answer.statusCode() < 400) {
            return answer;
        }
        throw refusal(answer);
    }

    static Refusal refusal(HttpResponse<byte[]> answer) {
        Refusal.Kind kind = Arrays.stream(Refusal.Kind.values())
                .filter(each -> each.status() == answer.statusCode())
                .findFirst()
                .orElse(Refusal.Kind.UNAVAILABLE);
        return new Refusal(kind, code(answer), sentence(answer.body()));
    }

    /** Whether it says nothing of what was asked, only that identity cannot answer now: the same may be good in a moment. */
    static boolean isPassing(HttpResponse<byte[]> answer) {
        return answer.statusCode() >= 500 || answer.statusCode() == Refusal.Kind.TOO_MANY.status();
    }

    /** The refusal's name for programs, empty when identity gave none. */
    static String code(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("X-Unkai-Refusal").orElse("");
    }

    /** Options for a passkey that came with the refusal of a password alone; an empty object when none did. */
    static JsonNode passkey(HttpResponse<byte[]> answer) {
        try {
            JsonNode options = JSON.readTree(answer.body()).path("passkey");
            return options.isObject() ? options : JSON.createObjectNode();
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    /** The secret by which a password that has ended is chosen anew; empty when none came. */
    static String passwordLink(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body()).path("password_link").asString("");
    }

    /** Whether one of the ways in that a refusal names is an authenticator app's code. */
    static boolean takesCodes(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body())
                .path("required_auth_methods")
                .toString()
                .contains("\"totp\"");
    }

    private static String sentence(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body).at("/error/message");
            if (message.isString()) {
                return message.stringValue();
            }
        } catch (JacksonException e) {
            // not identity's own words
        }
        return "The request was not answered as expected. Try again in a moment.";
    }
}
