package dev.unkai.cloud.certificate;

import java.util.Optional;

/** Where the public certificate comes from, when this process gets it by itself. */
public interface PublicCertificate {
    /** Wakes whoever looks at the certificates. */
    String CHANNEL = "certificate";

    /** The last attempt to get one; empty where it comes otherwise or none was made. */
    Optional<RenewalAttempt> attempt();
}
