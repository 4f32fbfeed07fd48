package dev.unkai.cloud.network.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of addresses of one IP version as the fewest ranges; immutable. */
final class PrefixSet {
    /** Both ends included. */
    private record Range(BigInteger first, BigInteger last) {}

    private final int version;
    private final List<Range> ranges;

    private PrefixSet(int version, List<Range> ranges) {
        this.version = version;
        this.ranges = ranges;
    }

    static PrefixSet of(int version, Collection<Prefix> prefixes) {
        List<Range> sorted = prefixes.stream()
                .map(prefix -> new Range(prefix.first().value(), prefix.last().value()))
                .sorted(Comparator.comparing(Range::first))
                .toList();
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            Range before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && range.first().compareTo(before.last().add(BigInteger.ONE)) <= 0) {
                merged.set(
                        merged.size() - 1,
                        new Range(before.first(), before.last().max(range.last())));
            } else {
                merged.add(range);
            }
        }
        return new PrefixSet(version, merged);
    }

    PrefixSet without(PrefixSet others) {
        List<Range> left = ranges;
        for (Range hole : others.ranges) {
            List<Range> next = new ArrayList<>();
            for (Range range : left) {
                if (hole.last().compareTo(range.first()) < 0 || range.last().compareTo(hole.first()) < 0) {
                    next.add(range);
                    continue;
                }
                if (range.first().compareTo(hole.first()) < 0) {
                    next.add(new Range(range.first(), hole.first().subtract(BigInteger.ONE)));
                }
                if (hole.last().compareTo(range.last()) < 0) {
                    next.add(new Range(hole.last().add(BigInteger.ONE), range.last()));
                }
            }
            left = next;
        }
        return new PrefixSet(version, left);
    }

    boolean meets(PrefixSet other) {
        return ranges.stream()
                .anyMatch(mine -> other.ranges.stream()
                        .anyMatch(theirs -> mine.first().compareTo(theirs.last()) <= 0
                                && theirs.first().compareTo(mine.last()) <= 0));
    }

    boolean contains(Prefix prefix) {
        return ranges.stream()
                .anyMatch(range -> range.first().compareTo(prefix.first().value()) <= 0
                        && prefix.last().value().compareTo(range.last()) <= 0);
    }

    /** The fewest prefixes that make up the set, lowest first. */
    List<Prefix> prefixes() {
        int bits = version == 4 ? 32 : 128;
        List<Prefix> result = new ArrayList<>();
        for (Range range : ranges) {
            BigInteger at = range.first();
            while (at.compareTo(range.last()) <= 0) {
                int host = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
                while (at.add(BigInteger.ONE.shiftLeft(host))
                                .subtract(BigInteger.ONE)
                                .compareTo(range.last())
                        > 0) {
                    host--;
                }
                result.add(new Prefix(new Ip(version, at), bits - host));
                at = at.add(BigInteger.ONE.shiftLeft(host));
            }
        }
        return result;
    }
}
