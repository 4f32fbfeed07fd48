package dev.unkai.cloud.plan;

/** Who makes, changes and removes the users of a contract. */
public enum UserAdministration {
    PROVIDER,
    CUSTOMER
}
