package dev.unkai.cloud.plan;

/**
 * A text of the plan that a customer consents to, such as the terms or the service specification.
 *
 * @param id lower-case letters, digits and hyphens
 * @param body paragraphs, an empty line between two of them
 */
public record PlanText(String id, Words title, Words body) {}
