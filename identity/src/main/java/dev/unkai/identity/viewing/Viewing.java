package dev.unkai.identity.viewing;

import java.time.Instant;

/**
 * A view as customer that was opened.
 *
 * @param accountId whose view it is
 * @param sessionId the chain of tokens that it goes back to
 * @param fromProjectId the provider's project by whose roles it was opened
 * @param tokenId the first audit id of its token
 * @param projectId what is looked at
 * @param domainId the contract of that
 */
record Viewing(
        String id,
        String accountId,
        String accountName,
        String sessionId,
        String fromProjectId,
        String fromDomainId,
        String tokenId,
        String projectId,
        String projectName,
        String domainId,
        Instant issuedAt,
        Instant endsAt) {}
