package dev.unkai.web;

import dev.unkai.base.access.Policy;

/**
 * How this process decides about requests.
 *
 * @param projectNeeded whether a token without a project is refused: everywhere but in identity
 */
public record Access(Policy policy, boolean projectNeeded) {}
