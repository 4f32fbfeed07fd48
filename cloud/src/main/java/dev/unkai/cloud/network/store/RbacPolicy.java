package dev.unkai.cloud.network.store;

import java.util.List;
import java.util.UUID;

/**
 * Opens one object to one more project.
 *
 * @param objectType such as {@code network}
 * @param target a project's id, or {@link #EVERYBODY}
 */
public record RbacPolicy(UUID id, String project, String objectType, UUID objectId, String action, String target) {
    public static final String SHARED = "access_as_shared";
    public static final String EXTERNAL = "access_as_external";
    public static final String EVERYBODY = "*";

    public static final String NETWORK = "network";
    public static final String SUBNET_POOL = "subnetpool";
    public static final String ADDRESS_SCOPE = "address_scope";
    public static final String ADDRESS_GROUP = "address_group";
    public static final String SECURITY_GROUP = "security_group";
    public static final String QOS_POLICY = "qos_policy";

    /** What can be shared at all. */
    public static final List<String> TYPES =
            List.of(NETWORK, SUBNET_POOL, ADDRESS_SCOPE, ADDRESS_GROUP, SECURITY_GROUP, QOS_POLICY);
}
