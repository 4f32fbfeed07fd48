/** The public certificate by ACME (RFC 8555): ordered, renewed and kept by the service itself. */
@NullMarked
package dev.unkai.cloud.certificate.acme;

import org.jspecify.annotations.NullMarked;
