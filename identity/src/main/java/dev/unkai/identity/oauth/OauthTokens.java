package dev.unkai.identity.oauth;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.identity.access.Nobody;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.auth.Requester;
import dev.unkai.identity.event.History;
import dev.unkai.identity.project.ProjectStore;
import dev.unkai.identity.role.AssignmentStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.role.RoleStore;
import dev.unkai.identity.role.RoleStore.StoredRole;
import dev.unkai.identity.role.Scope;
import dev.unkai.identity.token.RevocationLog;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import dev.unkai.wire.token.Revocations.Subject;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a program gets an access token: it asks, a user agrees, it fetches. And how the user takes it back. */
@Component
public final class OauthTokens {
    private static final Duration REQUEST_LIFE = Duration.ofHours(8);
    private static final Duration ACCESS_LIFE = Duration.ofDays(1);
    private static final int MOST_REQUESTS = 1_000;
    private static final int MOST_PER_ACCOUNT = 100;
    private static final int VERIFIER_LENGTH = 8;
    /** Without those that one takes for each other. */
    private static final String VERIFIER_SIGNS = "abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final Transactions transactions;
    private final ConsumerStore consumers;
    private final ConsumerCheck check;
    private final OauthTokenStore tokens;
    private final AccountStore accounts;
    private final ProjectStore projects;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final RevocationLog revocations;
    private final History history;
    private final Ids ids;
    private final Clock clock;
    private final RandomGenerator random = new java.security.SecureRandom();

    OauthTokens(
            Transactions transactions,
            ConsumerStore consumers,
            ConsumerCheck check,
            OauthTokenStore tokens,
            AccountStore accounts,
            ProjectStore projects,
            RoleStore roles,
            AssignmentStore assignments,
            RevocationLog revocations,
            History history,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.consumers = consumers;
        this.check = check;
        this.tokens = tokens;
        this.accounts = accounts;
        this.projects = projects;
        this.roles = roles;
        this.assignments = assignments;
        this.revocations = revocations;
        this.history = history;
        this.ids = ids;
        this.clock = clock;
    }

    /** A token's key and the only sight of its secret. */
    record Made(String id, String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** Which role is meant, by id or by name. */
    record RoleWish(@Nullable String id, @Nullable String name) {}

    /** A program asks for rights on the project. Nothing is said of the project before the signature is known to be right. */
    Made request(SignedRequest request, @Nullable String projectId, Requester from) {
        String consumer = request.needs("oauth_consumer_key");
        if (projectId == null || projectId.isEmpty()) {
            throw SignedRequest.expected("Requested-Project-Id");
        }
        return transactions.asCaller(Nobody.YET, db -> {
            if (consumers.byId(db, consumer).isEmpty()) {
                throw Refusal.notFound("Consumer not found");
            }
            if (!check.isOfConsumer(db, request, "")) {
                throw Refusal.unauthorized("Invalid signature");
            }
            if (projects.byId(db, projectId).isEmpty()) {
                throw ApiErrors.absent("project", projectId);
            }
            if (tokens.requests(db, consumer, clock.instant()) >= MOST_REQUESTS) {
                throw Refusal.overQuota("This consumer has " + MOST_REQUESTS
                        + " requests that nobody has agreed to. Wait until some have ended.");
            }
            Made made = made(REQUEST_LIFE);
            tokens.insert(db, new RequestToken(made.id(), consumer, projectId, null, made.expiresAt()), made.secret());
            record(db, "create", "oauth_request_token", made.id(), consumer, projectId, from);
            return made;
        });
    }

    /** The caller agrees to what a program has asked for, with some of his roles there; gives what he carries to the program. */
    String authorize(Caller caller, String requestId, List<RoleWish> wishes) {
        refuseDelegated(caller, "Cannot authorize a request token with a token issued via delegation.");
        return transactions.asCaller(caller, db -> {
            RequestToken token = tokens.requestForChange(db, requestId)
                    .orElseThrow(() -> Refusal.notFound("Request token not found"));
            if (!clock.instant().isBefore(token.expiresAt())) {
                throw Refusal.unauthorized("Request token is expired");
            }
            Account account =
                    accounts.held(db, caller.user()).orElseThrow(() -> ApiErrors.absent("user", caller.user()));
            if (tokens.ofAccount(db, account.id()).size() >= MOST_PER_ACCOUNT) {
                throw Refusal.overQuota("You have let programs have " + MOST_PER_ACCOUNT
                        + " access tokens already. Take some back first.");
            }
            List<HeldRole> own = assignments.effective(db, account.id(), new Scope.OfProject(token.projectId()));
            List<String> chosen = new ArrayList<>();
            for (RoleWish wish : wishes) {
                chosen.add(own.stream()
                        .filter(role ->
                                role.id().equals(wish.id()) || role.name().equals(wish.name()))
                        .findFirst()
                        .map(HeldRole::id)
                        .orElseThrow(() -> Refusal.unauthorized("authorizing user does not have role required")));
            }
            String verifier = verifier();
            tokens.authorize(
                    db, requestId, account.id(), chosen.stream().distinct().toList(), verifier);
            history.record(
                    db,
                    caller,
                    "authorize",
                    new History.Thing("oauth_request_token", requestId, null, account.domainId(), token.projectId()),
                    Map.of("consumer_id", token.consumerId(), "roles", String.join(",", chosen)));
            return verifier;
        });
    }

    /** The program fetches what a user has agreed to. */
    Made fetch(SignedRequest request, Requester from) {
        String consumer = request.needs("oauth_consumer_key");
        String requestId = request.needs("oauth_token");
        String verifier = request.needs("oauth_verifier");
        return transactions.asCaller(Nobody.YET, db -> {
            RequestToken token = tokens.requestForChange(db, requestId)
                    .orElseThrow(() -> Refusal.notFound("Request token not found"));
            if (!clock.instant().isBefore(token.expiresAt())) {
                throw Refusal.unauthorized("Request token is expired");
            }
            if (!token.consumerId().equals(consumer)) {
                throw Refusal.unauthorized("Provided consumer key does not match stored consumer key.");
            }
            if (!check.isOfConsumer(db, request, tokens.requestSecret(db, requestId))) {
                throw Refusal.unauthorized("Invalid signature");
            }
            if (token.accountId() == null) {
                throw Refusal.unauthorized("Request Token does not have an authorizing user id.");
            }
            if (!MessageDigest.isEqual(bytes(tokens.verifier(db, requestId)), bytes(verifier))) {
                throw Refusal.unauthorized("Provided verifier does not match stored verifier");
            }
            Made made = made(ACCESS_LIFE);
            tokens.exchange(db, requestId, made.id(), made.secret(), made.expiresAt());
            record(db, "create", "oauth_access_token", made.id(), consumer, token.projectId(), from);
            return made;
        });
    }

    List<AccessToken> list(Caller caller, String accountId) {
        needOwner(caller, accountId);
        return transactions.asCaller(caller, db -> tokens.ofAccount(db, accountId));
    }

    AccessToken show(Caller caller, String accountId, String id) {
        needOwner(caller, accountId);
        return transactions.asCaller(caller, db -> owned(db, accountId, id));
    }

    /** Those of the token's roles that are there still. */
    List<StoredRole> roles(Caller caller, String accountId, String id) {
        needOwner(caller, accountId);
        return transactions.asCaller(
                caller,
                db -> owned(db, accountId, id).roleIds().stream()
                        .flatMap(role -> roles.byId(db, role).stream())
                        .toList());
    }

    /** Takes it back, with every token that was made with it. */
    void delete(Caller caller, String accountId, String id) {
        needOwner(caller, accountId);
        transactions.doAsCaller(caller, db -> {
            Account account = accounts.forChange(db, accountId).orElseThrow(() -> ApiErrors.absent("user", accountId));
            AccessToken token = owned(db, accountId, id);
            tokens.deleteAccess(db, id);
            history.record(
                    db,
                    caller,
                    "delete",
                    new History.Thing("oauth_access_token", id, null, account.domainId(), token.projectId()),
                    Map.of("consumer_id", token.consumerId()));
            revocations.revoke(db, Subject.CHAIN, id);
        });
    }

    private AccessToken owned(Db db, String accountId, String id) {
        return tokens.access(db, id)
                .filter(token -> token.accountId().equals(accountId))
                .orElseThrow(() -> Refusal.notFound("Access token not found"));
    }

    private static void needOwner(Caller caller, String accountId) {
        refuseDelegated(caller, "A delegated token cannot see or take back access tokens. Log in by password.");
        if (!caller.user().equals(accountId) && !caller.isAdmin()) {
            throw Refusal.forbidden("You may see and take back only what you have let programs have yourself.");
        }
    }

    private static void refuseDelegated(Caller caller, String sentence) {
        if (caller.token().isDelegated()) {
            throw Refusal.forbidden(sentence);
        }
    }

    private Made made(Duration life) {
        return new Made(
                ids.nextHex(), Ids.secret(32), clock.instant().plus(life).truncatedTo(ChronoUnit.MICROS));
    }

    private String verifier() {
        StringBuilder verifier = new StringBuilder();
        for (int i = 0; i < VERIFIER_LENGTH; i++) {
            verifier.append(VERIFIER_SIGNS.charAt(random.nextInt(VERIFIER_SIGNS.length())));
        }
        return verifier.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Of what a program did in its own name. */
    private void record(Db db, String action, String kind, String id, String consumer, String project, Requester from) {
        db.record(CadfEvent.byUnknown(
                        "consumer " + consumer,
                        from.address(),
                        from.agent(),
                        action,
                        new CadfEvent.Target(id, "identity/" + kind, null, project),
                        clock.instant(),
                        from.requestId())
                .with(Map.of("consumer_id", consumer)));
    }
}
