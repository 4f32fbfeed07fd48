package dev.unkai.identity.oauth;

import dev.unkai.identity.api.Extra;
import org.jspecify.annotations.Nullable;

/** A program that users may give rights to by OAuth 1.0a (RFC 5849 calls it the client). */
public record Consumer(String id, @Nullable String description, Extra extra) {}
