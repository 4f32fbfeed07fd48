/** What a host tells of its guests, and what need not be told again. */
@NullMarked
package dev.unkai.wire.report;

import org.jspecify.annotations.NullMarked;
