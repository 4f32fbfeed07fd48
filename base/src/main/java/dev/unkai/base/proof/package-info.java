/** What makes a history provable to somebody who trusts neither its keeper nor its database: RFC 9162 hashing and signed heads. */
@NullMarked
package dev.unkai.base.proof;

import org.jspecify.annotations.NullMarked;
