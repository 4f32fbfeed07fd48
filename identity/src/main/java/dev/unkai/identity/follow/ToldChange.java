package dev.unkai.identity.follow;

/**
 * A row was made, changed or removed, as the database tells it (V860).
 *
 * @param domain whose it is; empty: the provider's alone, or only the account's own
 * @param user whose account it belongs to; empty: to none
 * @param id of the thing; empty: any of the kind
 */
record ToldChange(String kind, String domain, String user, String id) {}
