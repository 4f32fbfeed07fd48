package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is stored of some logs' trees between two sizes each: roots that were signed and hashes of whole subtrees. */
final class Signed {
    /** From {@code from} leaves, without it, to {@code to}. */
    record Stretch(String log, long from, long to) {}

    private record Size(String log, long size) {}

    private record Subtree(String log, int level, long place) {}

    private final Map<Size, byte[]> roots = new HashMap<>();
    private final Map<Subtree, byte[]> subtrees = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();

    Signed(Db db, Collection<Stretch> stretches) {
        String[] logs = stretches.stream().map(Stretch::log).toArray(String[]::new);
        Long[] from = stretches.stream().map(Stretch::from).toArray(Long[]::new);
        Long[] to = stretches.stream().map(Stretch::to).toArray(Long[]::new);
        // First how much is signed, then what had to be stored for it: the other way round, what comes meanwhile would
        // seem to lack.
        db.sql("select x.log, max(h.size) from unnest(?::text[]) x (log) join head h on h.log = x.log group by x.log")
                .param(logs)
                .query(row -> {
                    newest.put(row.getString(1), row.getLong(2));
                });
        List<Object> range = List.of(logs, from, to);
        db.sql("""
                select h.log, h.size, h.root from unnest(?::text[], ?::bigint[], ?::bigint[]) x (log, low, high)
                  join head h on h.log = x.log and h.size > x.low and h.size <= x.high""").params(range).query(row -> {
            roots.put(new Size(row.getString(1), row.getLong(2)), row.getBytes(3));
        });
        db.sql("""
                select s.log, s.level, s.place, s.hash
                  from unnest(?::text[], ?::bigint[], ?::bigint[]) x (log, low, high), generate_series(1, 4) l (level)
                  join subtree s on s.level = l.level
                 where s.log = x.log and s.place >= x.low >> (8 * l.level) and s.place < x.high >> (8 * l.level)""").params(range).query(row -> {
            subtrees.put(new Subtree(row.getString(1), row.getInt(2), row.getLong(3)), row.getBytes(4));
        });
    }

    /** False when another root was signed for that size. */
    boolean agrees(String log, long size, byte[] root) {
        return Optional.ofNullable(roots.get(new Size(log, size)))
                .map(signed -> Arrays.equals(signed, root))
                .orElse(true);
    }

    /** False when another hash is stored for the subtree, or none though it was signed. */
    boolean agrees(String log, int level, long index, byte[] hash) {
        if (level % Run.BITS != 0) {
            return true;
        }
        byte[] stored = subtrees.get(new Subtree(log, level / Run.BITS, index));
        return stored == null ? index + 1 << level > newest.getOrDefault(log, 0L) : Arrays.equals(stored, hash);
    }
}
