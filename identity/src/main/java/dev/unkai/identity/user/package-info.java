/** The people of a contract as its masters, or the provider, look after them: who comes, who leaves, and what somebody who leaves had. */
@NullMarked
package dev.unkai.identity.user;

import org.jspecify.annotations.NullMarked;
