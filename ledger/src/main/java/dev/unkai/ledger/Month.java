package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All events of a class that came in one month (UTC): stored together, dropped together. */
record Month(EventClass about, YearMonth month) {
    private static final Pattern TABLE = Pattern.compile("event_([a-z]+)_([0-9]{4})_([0-9]{2})");

    static Month of(Row row) {
        return new Month(row.facts().about(), YearMonth.from(row.received().atOffset(ZoneOffset.UTC)));
    }

    /** As an act names it. */
    String id() {
        return about.text() + "/" + month;
    }

    Instant begin() {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Those that are stored, the oldest first. */
    static List<Month> stored(Db db) {
        return db.sql("""
                        select part.relname from pg_inherits i
                          join pg_class part on part.oid = i.inhrelid
                          join pg_class whole on whole.oid = i.inhparent
                          join pg_inherits above on above.inhrelid = whole.oid
                         where above.inhparent = 'event'::regclass order by right(part.relname, 7), part.relname""").query(String.class).list().stream()
                .map(TABLE::matcher)
                .filter(Matcher::matches)
                .map(name -> new Month(
                        EventClass.named(name.group(1)).orElseThrow(),
                        YearMonth.of(Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3)))))
                .toList();
    }
}
