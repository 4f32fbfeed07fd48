package dev.unkai.cloud.certificate;

import java.util.Optional;

/** Where the public certificate comes from, when this process gets it by itself. */
public interface PublicCertificate {
    /** Wakes whoever looks at the certificates. */
    String CHANNEL = "certificate";

    /** Wakes who gets the certificate; with the detail {@link #NOW} without waiting for the next try's time. */
    String ORDER_CHANNEL = "acme";

    String NOW = "now";

    /** The last attempt to get one; empty where it comes otherwise or none was made. */
    Optional<RenewalAttempt> attempt();
}
