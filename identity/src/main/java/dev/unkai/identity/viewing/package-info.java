/** Views as customer: one of the provider's people sees the service as a customer's project does, read-only, with a reason and for a time. */
@NullMarked
package dev.unkai.identity.viewing;

import org.jspecify.annotations.NullMarked;
