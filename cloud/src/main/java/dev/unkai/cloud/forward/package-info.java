/** Histories on their way to the customer's own log service, by syslog over TLS or by webhook, and the ledger's rounds by mail. */
@NullMarked
package dev.unkai.cloud.forward;

import org.jspecify.annotations.NullMarked;
