@NullMarked
package dev.unkai.ledger;

import org.jspecify.annotations.NullMarked;
