/** Acts of the provider's people in customers' contracts, held to break-glass as in the cloud process. */
@NullMarked
package dev.unkai.identity.breakglass;

import org.jspecify.annotations.NullMarked;
