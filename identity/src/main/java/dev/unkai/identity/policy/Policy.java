package dev.unkai.identity.policy;

import dev.unkai.identity.api.Extra;

/**
 * A document of rules that a service beside ours fetches from here. It rules nothing of ours: what our services allow
 * stands in their own policy tables.
 *
 * @param type the document's media type
 * @param blob the document, of which we read nothing
 */
public record Policy(String id, String type, String blob, Extra extra) {}
