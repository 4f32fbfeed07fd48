package dev.unkai.cloud.certificate.acme;

import dev.unkai.cloud.certificate.acme.Fault.Refused;
import dev.unkai.cloud.certificate.acme.Fault.Undecided;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * One walk through an order (RFC 8555 section 7.4), from wherever it stands: each step is asked of the server anew, so that it may stop and be begun
 * again at any instant. The keys are on the disk before the server hears of them.
 */
final class AcmeOrder {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Set<Status> WALKABLE =
            EnumSet.of(Status.PENDING, Status.READY, Status.PROCESSING, Status.VALID);

    private final AcmeSettings settings;

    AcmeOrder(AcmeSettings settings) {
        this.settings = settings;
    }

    /** Puts the certificate in its place and answers it. Keeps the order's address as soon as it has one. */
    X509Certificate walk(AcmeState state) throws AcmeException, IOException, InterruptedException, Refused, Undecided {
        Login login = login();
        Order order = begun(login, state.order());
        if (order == null) {
            // Each certificate has a key of its own: what was lost of a former one is lost with it.
            Files.deleteIfExists(settings.orderKey());
            state.begun(null).keep(settings);
        }
        KeyPair pair = KeyFile.openOrMake(settings.orderKey());
        if (order == null) {
            order = login.newOrder().domains(settings.names()).create();
            state.begun(order.getLocation().toString()).keep(settings);
        }
        if (order.getStatus() == Status.PENDING) {
            authorize(order);
            await(order, EnumSet.of(Status.READY, Status.VALID));
        }
        if (order.getStatus() == Status.READY) {
            order.execute(pair);
        }
        if (await(order, EnumSet.of(Status.VALID)) != Status.VALID) {
            throw over(order);
        }
        return take(order, pair);
    }

    /** Known to the server already or not: it answers with the account of our key. */
    Login login() throws AcmeException, IOException {
        AccountBuilder account =
                new AccountBuilder().agreeToTermsOfService().useKeyPair(KeyFile.openOrMake(settings.accountKey()));
        settings.contact().ifPresent(account::addEmail);
        settings.binding().ifPresent(binding -> account.withKeyIdentifier(binding.id(), binding.key()));
        return account.createLogin(AcmeServer.session(settings.directory(), settings.authority()));
    }

    private @Nullable Order begun(Login login, @Nullable String address) throws AcmeException, IOException {
        if (address == null || !Files.exists(settings.orderKey())) {
            return null;
        }
        try {
            Order order = login.bindOrder(URI.create(address).toURL());
            order.fetch();
            return WALKABLE.contains(order.getStatus()) ? order : null;
        } catch (AcmeServerException e) {
            return null; // the server does not know it any more
        }
    }

    /** All questions are answered at once, since the server may ask them in any order, also after we died in between. */
    private void authorize(Order order) throws AcmeException, IOException, InterruptedException, Refused, Undecided {
        List<Authorization> open = new ArrayList<>();
        List<Http01Challenge> challenges = new ArrayList<>();
        for (Authorization authorization : order.getAuthorizations()) {
            if (authorization.getStatus() != Status.VALID) {
                open.add(authorization);
                challenges.add(challenge(authorization));
            }
        }
        try (ChallengeDoor door = ChallengeDoor.open(
                settings.address(),
                settings.port(),
                challenges.stream()
                        .collect(Collectors.toMap(Http01Challenge::getToken, Http01Challenge::getAuthorization)))) {
            for (Http01Challenge challenge : challenges) {
                if (challenge.getStatus() == Status.PENDING) {
                    challenge.trigger();
                }
            }
            for (Authorization authorization : open) {
                if (await(authorization, EnumSet.of(Status.VALID)) != Status.VALID) {
                    throw new Refused(challenge(authorization)
                            .getError()
                            .map(Fault::text)
                            .orElse(authorization.getIdentifier().getDomain() + " was not confirmed."));
                }
            }
        }
    }

    private static Http01Challenge challenge(Authorization authorization) throws Refused {
        return authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new Refused("It does not offer http-01 for "
                        + authorization.getIdentifier().getDomain() + "."));
    }

    /** Looks until it has one of the states, or one from which it will not come to them; sooner than the server asks it does not look. */
    private static Status await(PollableResource resource, Set<Status> wanted)
            throws AcmeException, InterruptedException, Undecided {
        Instant end = Instant.now().plus(PATIENCE);
        Duration pause = FIRST_LOOK;
        while (true) {
            Status present = resource.getStatus();
            if (wanted.contains(present) || !WALKABLE.contains(present)) {
                return present;
            }
            if (Instant.now().isAfter(end)) {
                throw new Undecided();
            }
            Thread.sleep(pause);
            Instant asked = resource.fetch().orElse(Instant.EPOCH);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
            Duration longer = Duration.between(Instant.now(), asked);
            if (longer.compareTo(pause) > 0 && !wanted.contains(resource.getStatus())) {
                pause = longer.compareTo(PATIENCE) < 0 ? longer : PATIENCE;
            }
        }
    }

    private X509Certificate take(Order order, KeyPair pair) throws AcmeException, IOException, Refused {
        Certificate certificate = order.getCertificate();
        certificate.download();
        X509Certificate own = certificate.getCertificate();
        Set<String> ordered =
                order.getIdentifiers().stream().map(Identifier::getDomain).collect(Collectors.toSet());
        if (!own.getPublicKey().equals(pair.getPublic()) || !ordered.equals(Set.copyOf(settings.names()))) {
            throw new Refused("The certificate that came is for another key or for other names.");
        }
        SecretFile.write(
                settings.certificate(),
                KeyFile.pem(certificate.getCertificateChain())
                        + KeyFile.pem(List.of(new JcaPKCS8Generator(pair.getPrivate(), null).generate())));
        return own;
    }

    private static Refused over(Order order) {
        Problem error = order.getError().orElse(null);
        return new Refused(error == null ? "The order ended as " + order.getStatus() + "." : Fault.text(error));
    }
}
