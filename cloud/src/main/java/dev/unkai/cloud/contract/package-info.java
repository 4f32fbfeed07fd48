/** From an application to a contract: verification, review, consent, provisioning. */
@NullMarked
package dev.unkai.cloud.contract;

import org.jspecify.annotations.NullMarked;
