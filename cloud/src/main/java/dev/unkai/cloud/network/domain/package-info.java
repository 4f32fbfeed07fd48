/** The rules of networks: what may be made, changed and deleted, and what follows from it. */
@NullMarked
package dev.unkai.cloud.network.domain;

import org.jspecify.annotations.NullMarked;
