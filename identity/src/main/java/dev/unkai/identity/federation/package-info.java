/** Other issuers (OpenID Connect) that say who the users of a contract are. */
@NullMarked
package dev.unkai.identity.federation;

import org.jspecify.annotations.NullMarked;
