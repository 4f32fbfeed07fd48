@NullMarked
package dev.unkai.identity.domain;

import org.jspecify.annotations.NullMarked;
