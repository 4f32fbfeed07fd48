package dev.unkai.cloud.contract;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.contract.Application.Form;
import dev.unkai.cloud.contract.Application.State;
import dev.unkai.cloud.contract.store.ApplicationStore;
import dev.unkai.cloud.contract.store.ApplicationStore.Purpose;
import dev.unkai.cloud.contract.store.ApplicationStore.Step;
import dev.unkai.cloud.contract.store.ContractStore;
import dev.unkai.cloud.plan.Plan;
import dev.unkai.cloud.plan.PlanText;
import dev.unkai.cloud.plan.Plans;
import dev.unkai.cloud.plan.PortalAccess.Gate;
import dev.unkai.web.mail.Desk;
import dev.unkai.web.mail.Mail;
import dev.unkai.web.mail.MailOutbox;
import dev.unkai.wire.event.CadfEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What an applicant does, who has no account: applies, verifies the address, follows, agrees, takes it back. The secret in the link is the permission,
 * so these transactions run as the system. Nobody learns here whether an address, a company or a contract is known.
 */
@Component
public class Applications {
    private static final Duration VERIFY = Duration.ofHours(24);
    static final Duration FOLLOW = Duration.ofDays(90);

    /** From one source in an hour; for one address in a day; not verified yet, in all. */
    private static final int MOST_FROM_SOURCE = 5;

    private static final int MOST_FOR_ADDRESS = 3;
    private static final int MOST_UNVERIFIED = 1_000;

    private static final String NO_LINK =
            "This link is not good any more: it was used, or its time is over. If you need it, apply again.";

    private final Transactions transactions;
    private final ApplicationStore store;
    private final ContractStore contracts;
    private final Plans plans;
    private final MailOutbox mails;
    private final Desk desk;
    private final Ids ids;
    private final Clock clock;

    Applications(
            Transactions transactions,
            ApplicationStore store,
            ContractStore contracts,
            Plans plans,
            MailOutbox mails,
            Desk desk,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.contracts = contracts;
        this.plans = plans;
        this.mails = mails;
        this.desk = desk;
        this.ids = ids;
        this.clock = clock;
    }

    /** What the holder of a link sees; {@code plan} is the version to agree to, once there is one. */
    public record Followed(
            Application application, List<Step> steps, Optional<Plans.Published> plan, Optional<Contract> contract) {}

    /**
     * Takes an application and writes to the address. The answer is the same whether or not a mail goes out: who applies again and again for one
     * address gets no further mail.
     */
    public void apply(Asker asker, Form form) {
        // The answer to one source too many must be recorded, so the transaction ends without a refusal.
        Optional<Refusal> refusal = transactions.asSystem(db -> receive(db, asker, form));
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private Optional<Refusal> receive(Db db, Asker asker, Form form) {
        Instant now = clock.instant();
        store.takeTurn(db, asker.source());
        UUID id = ids.next();
        CadfEvent event =
                asker.did("create", new CadfEvent.Target(id.toString(), "service/application", null, null), now);
        if (store.countFrom(db, asker.source(), now.minus(Duration.ofHours(1))) >= MOST_FROM_SOURCE) {
            db.record(event.failed("429", "too many applications from one source"));
            return Optional.of(new Refusal(
                    Refusal.Kind.TOO_MANY,
                    "TooManyApplications",
                    "Several applications have come from your network within the last hour. Try again in an hour."));
        }
        if (store.countIn(db, State.UNVERIFIED) >= MOST_UNVERIFIED) {
            db.record(event.failed("503", "too many applications wait to be verified"));
            return Optional.of(Refusal.unavailable(
                    "Very many applications are coming in at the moment. Try again tomorrow, or call the provider."));
        }
        Optional<Plans.Published> plan = plans.newest(db, form.plan()).filter(Plans.Published::offered);
        if (plan.isPresent()
                && !form.access().vpnUsers().isEmpty()
                && !plan.get().plan().portalAccess().needs(Gate.SSL_VPN)) {
            return Optional.of(
                    Refusal.invalid("The plan \"" + form.plan() + "\" has no SSL-VPN, so leave \"vpnUsers\" out."));
        }
        if (plan.isEmpty()) {
            return Optional.of(Refusal.invalid(
                    "There is no plan \"" + form.plan() + "\" that contracts are made on. Choose one of the list."));
        }
        store.takeTurn(db, form.email().value().toLowerCase(Locale.ROOT));
        boolean oftenEnough = store.countFor(db, form.email(), now.minus(Duration.ofDays(1))) >= MOST_FOR_ADDRESS;
        store.insert(db, id, form, asker.source(), now);
        store.step(db, id, "applied", null, now);
        if (!oftenEnough) {
            String token = store.token(db, id, Purpose.VERIFY, now.plus(VERIFY));
            // Nothing that the applicant has typed: the address may be somebody else's, who is not to read other
            // people's texts in our name.
            mails.post(
                    db,
                    new Mail(
                            "application-verify",
                            form.language(),
                            form.email(),
                            Map.of("hours", String.valueOf(VERIFY.toHours())),
                            Map.of("token", token),
                            now.plus(VERIFY)));
        }
        db.record(event.with(Map.of("plan", form.plan())));
        return Optional.empty();
    }

    /** The address is the applicant's: from now on operators see the application. Answers the secret to follow it by. Throws Refusal gone. */
    public String verify(Asker asker, String token) {
        return transactions.asSystem(db -> {
            Instant now = clock.instant();
            Application application = store.byToken(db, token, Purpose.VERIFY, now)
                    .filter(each -> each.state() == State.UNVERIFIED)
                    .orElseThrow(Applications::noLink);
            store.spend(db, token);
            store.state(db, application.id(), State.SUBMITTED, now);
            store.step(db, application.id(), "verified", null, now);
            write(db, "application-received", application, now);
            tellDesk(db, application);
            db.record(asker.did("verify", target(application), now));
            return store.token(db, application.id(), Purpose.FOLLOW, now.plus(FOLLOW));
        });
    }

    /** Operators are told, where the site has named an address for that. */
    private void tellDesk(Db db, Application application) {
        Application.Form form = application.form();
        desk.ifNamed((address, language) -> mails.post(
                db,
                Mail.open(
                        "application-new",
                        language,
                        address,
                        Map.of(
                                "number", String.valueOf(application.number()),
                                "company", form.company(),
                                "plan", form.plan()))));
    }

    /** Throws Refusal gone. */
    public Followed follow(String token) {
        return transactions.asSystem(db -> followed(db, held(db, token)));
    }

    private Followed followed(Db db, Application application) {
        Integer version = application.planVersion();
        return new Followed(
                application,
                store.steps(db, application.id()),
                version == null
                        ? Optional.empty()
                        : plans.find(db, application.form().plan(), version),
                contracts.ofApplication(db, application.id()));
    }

    /** Takes it back. Throws Refusal gone or conflict. */
    public Followed withdraw(Asker asker, String token) {
        return transactions.asSystem(db -> {
            Application application = held(db, token);
            if (!application.state().isOpen()) {
                throw Refusal.conflict("This application is decided, so it cannot be taken back any more.");
            }
            Instant now = clock.instant();
            store.state(db, application.id(), State.WITHDRAWN, now);
            store.step(db, application.id(), "withdrawn", null, now);
            db.record(asker.did("delete", target(application), now));
            return followed(db, store.byId(db, application.id()).orElseThrow());
        });
    }

    /**
     * What was shown and agreed to.
     *
     * @param hash of the plan's version, as it was shown
     * @param texts the ids of its texts, all of them
     * @param person who agrees, for the customer
     */
    public record Agreement(String hash, Set<String> texts, String person, Mail.Language language) {
        public Agreement {
            texts = Set.copyOf(texts);
        }

        /** Throws Refusal unless it is to each text of this version. */
        void mustBeTo(Plans.Published shown) {
            if (!shown.hash().equals(hash)) {
                throw Refusal.conflict(
                        "The texts are not those that you were shown. Load the page again and read them.");
            }
            Set<String> all = shown.plan().texts().stream().map(PlanText::id).collect(Collectors.toUnmodifiableSet());
            if (!texts.equals(all)) {
                throw Refusal.invalid("A contract needs your consent to each of the texts.");
            }
        }
    }

    /** Records the consent and makes the contract, which is carried out then step by step. Throws Refusal gone, invalid or conflict. */
    public Followed agree(Asker asker, String token, Agreement agreement) {
        return transactions.asSystem(db -> {
            Application application = held(db, token);
            Integer version = application.planVersion();
            if (application.state() != State.APPROVED || version == null) {
                throw Refusal.conflict(
                        "There is nothing to agree to at the moment. Look at the state of your application.");
            }
            Plans.Published shown =
                    plans.find(db, application.form().plan(), version).orElseThrow();
            agreement.mustBeTo(shown);
            Instant now = clock.instant();
            UUID contract = ids.next();
            store.state(db, application.id(), State.ACCEPTED, now);
            store.step(db, application.id(), "consented", null, now);
            contracts.insert(db, contract, application, shown.plan(), now);
            contracts.consent(
                    db,
                    ids.next(),
                    contract,
                    null,
                    shown,
                    new ContractStore.Consenting(
                            agreement.language(),
                            agreement.person(),
                            application.form().email().value(),
                            null,
                            asker.address(),
                            asker.agent()),
                    now);
            db.record(asker.did("accept", target(application), now).with(facts(shown, contract)));
            db.wake(Contract.CHANNEL);
            return followed(db, store.byId(db, application.id()).orElseThrow());
        });
    }

    private static Map<String, String> facts(Plans.Published shown, UUID contract) {
        Plan plan = shown.plan();
        return Map.of(
                "plan", plan.id(),
                "version", String.valueOf(plan.version()),
                "sha256", shown.hash(),
                "contract", contract.toString());
    }

    private Application held(Db db, String token) {
        return store.byToken(db, token, Purpose.FOLLOW, clock.instant()).orElseThrow(Applications::noLink);
    }

    private static Refusal noLink() {
        return new Refusal(Refusal.Kind.GONE, "LinkEnded", NO_LINK);
    }

    /** A mail about the application, with a link to follow it. */
    private void write(Db db, String template, Application application, Instant now) {
        write(db, mails, store, template, application, Map.of(), now);
    }

    /** The same for others in this module; {@code more} are the template's further values. */
    static void write(
            Db db,
            MailOutbox mails,
            ApplicationStore store,
            String template,
            Application application,
            Map<String, String> more,
            Instant now) {
        Map<String, String> values = new HashMap<>(more);
        values.put("number", String.valueOf(application.number()));
        values.put("person", application.form().person());
        values.put("company", application.form().company());
        String token = store.token(db, application.id(), Purpose.FOLLOW, now.plus(FOLLOW));
        mails.post(
                db,
                new Mail(
                        template,
                        application.form().language(),
                        application.form().email(),
                        values,
                        Map.of("token", token),
                        now.plus(FOLLOW)));
    }

    static CadfEvent.Target target(Application application) {
        return target(application, null);
    }

    /** @param project the customer's, once there is one: then it stands in his history */
    static CadfEvent.Target target(Application application, @Nullable String project) {
        return new CadfEvent.Target(
                application.id().toString(), "service/application", "A-" + application.number(), project);
    }
}
