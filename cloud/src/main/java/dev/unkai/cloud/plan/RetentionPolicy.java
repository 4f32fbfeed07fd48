package dev.unkai.cloud.plan;

/**
 * How long records are kept at least.
 *
 * @param operationDays who did what with which resource
 * @param signInDays who logged in and out, from where
 */
public record RetentionPolicy(int operationDays, int signInDays) {}
