package dev.unkai.ledger;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.ledger.Act.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which events may not be dropped although their time is over (ISO/IEC 27017 16.1.7). */
@Component
final class Holds {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z._-]{1,64}");
    private static final int LONGEST = 1_000;

    private final Transactions transactions;
    private final Acts acts;
    private final Clock clock;

    Holds(Transactions transactions, Acts acts, Clock clock) {
        this.transactions = transactions;
        this.acts = acts;
        this.clock = clock;
    }

    /**
     * What is to be held.
     *
     * @param id given by whoever asks, so that asking twice holds once
     * @param about the class of events as {@link EventClass} names it; null: all
     * @param log whose history; null: all
     * @param authority on whose word
     * @param until when the hold ends by itself; null: when it is ended
     */
    record Wanted(
            String id,
            @Nullable String about,
            @Nullable String log,
            String reason,
            String authority,
            @Nullable Instant until) {}

    /** @param ended when it was ended, or ended by itself; null while it holds */
    record Hold(
            String id,
            @Nullable String about,
            @Nullable String log,
            String reason,
            String authority,
            @Nullable Instant until,
            Instant made,
            @Nullable Instant ended) {}

    /** Holds from now on. The same again changes nothing; another hold under the same id is refused. */
    Hold place(Wanted wanted) {
        EventClass about = check(wanted);
        Instant until = wanted.until() == null ? null : wanted.until().truncatedTo(ChronoUnit.MICROS);
        return transactions.asSystem(db -> {
            acts.turn(db);
            Optional<Hold> known = find(db, wanted.id());
            if (known.isPresent()) {
                Hold hold = known.get();
                if (!new Wanted(hold.id(), hold.about(), hold.log(), hold.reason(), hold.authority(), hold.until())
                        .equals(new Wanted(
                                wanted.id(),
                                wanted.about(),
                                wanted.log(),
                                wanted.reason(),
                                wanted.authority(),
                                until))) {
                    throw Refusal.conflict("There is another hold with the id " + wanted.id() + ". Choose a new id.");
                }
                return hold;
            }
            if (until != null && !until.isAfter(clock.instant())) {
                throw Refusal.invalid("\"until\" is a time that is still to come.");
            }
            acts.append(
                    db,
                    Kind.HOLD,
                    wanted.id(),
                    about,
                    wanted.log(),
                    until,
                    null,
                    Map.of("reason", wanted.reason(), "authority", wanted.authority()));
            return find(db, wanted.id()).orElseThrow();
        });
    }

    /** Ends a hold; again, it changes nothing. */
    Hold end(String id) {
        return transactions.asSystem(db -> {
            acts.turn(db);
            Hold hold = find(db, id).orElseThrow(() -> Refusal.notFound("There is no hold " + id + "."));
            if (Acts.read(db, "where kind = 'hold-end' and id = ?", id).isEmpty()) {
                acts.append(
                        db,
                        Kind.HOLD_END,
                        id,
                        hold.about() == null
                                ? null
                                : EventClass.named(hold.about()).orElseThrow(),
                        hold.log(),
                        null,
                        null,
                        Map.of());
            }
            return find(db, id).orElseThrow();
        });
    }

    /** All holds that ever were, newest first. */
    List<Hold> all(Db db, int limit) {
        return Acts.read(db, "where kind = 'hold' order by number desc limit ?", limit).stream()
                .map(found -> hold(db, found.act()))
                .toList();
    }

    /** Those in force. */
    List<Hold> inForce(Db db) {
        return Acts.read(db, """
                        where kind = 'hold' and not exists (select from act e where e.kind = 'hold-end' and e.id = act.id)
                         order by number""").stream()
                .map(found -> hold(db, found.act()))
                .filter(hold -> hold.ended() == null)
                .toList();
    }

    private Optional<Hold> find(Db db, String id) {
        return Acts.read(db, "where kind = 'hold' and id = ?", id).stream()
                .findFirst()
                .map(found -> hold(db, found.act()));
    }

    private Hold hold(Db db, Act act) {
        var facts = Acts.JSON.readTree(act.facts());
        Instant now = clock.instant();
        Instant ended = Acts.read(db, "where kind = 'hold-end' and id = ?", act.id()).stream()
                .map(end -> end.act().made())
                .findFirst()
                .orElse(null);
        boolean over = act.until() != null && !act.until().isAfter(ended == null ? now : ended);
        return new Hold(
                act.id(),
                act.about() == null ? null : act.about().text(),
                act.log(),
                facts.path("reason").asString(),
                facts.path("authority").asString(),
                act.until(),
                act.made(),
                over ? act.until() : ended);
    }

    private static @Nullable EventClass check(Wanted wanted) {
        if (!ID.matcher(wanted.id()).matches()) {
            throw Refusal.invalid("\"id\" is 1 to 64 letters, digits, dots, dashes or underscores.");
        }
        if (wanted.log() != null && !ID.matcher(wanted.log()).matches()) {
            throw Refusal.invalid("\"log\" is the id of a project, or \"provider\".");
        }
        for (String text : List.of(wanted.reason(), wanted.authority())) {
            if (text.isBlank() || text.length() > LONGEST) {
                throw Refusal.invalid("\"reason\" and \"authority\" are 1 to " + LONGEST + " characters each.");
            }
        }
        return wanted.about() == null
                ? null
                : EventClass.named(wanted.about())
                        .orElseThrow(
                                () -> Refusal.invalid("\"class\" is one of: access, security, platform, operation."));
    }
}
