package dev.unkai.base.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over a growing list (RFC 9162 section 2.1), at any of the sizes that the list has had. It keeps nothing: the hashes
 * of whole subtrees are asked for.
 */
public final class MerkleTree {
    /** Hashes of whole subtrees. */
    @FunctionalInterface
    public interface Subtrees {
        /** The root over the 2^{@code level} leaves from {@code index} · 2^{@code level} on; all of them are there. */
        byte[] whole(int level, long index);
    }

    private final Subtrees subtrees;

    public MerkleTree(Subtrees subtrees) {
        this.subtrees = subtrees;
    }

    /** The root over the first {@code size} leaves. */
    public byte[] root(long size) {
        return size == 0 ? Sha256.of() : hash(0, size);
    }

    /** The hashes, lowest first, by which leaf {@code place} leads to the root over {@code size} leaves (section 2.1.3.1). */
    public List<byte[]> inclusion(long place, long size) {
        if (place < 0 || place >= size) {
            throw new IllegalArgumentException("No leaf " + place + " among " + size);
        }
        List<byte[]> path = new ArrayList<>();
        inclusion(place, 0, size, path);
        return path;
    }

    private void inclusion(long place, long from, long size, List<byte[]> path) {
        if (size == 1) {
            return;
        }
        long left = leftPart(size);
        if (place < left) {
            inclusion(place, from, left, path);
            path.add(hash(from + left, size - left));
        } else {
            inclusion(place - left, from + left, size - left, path);
            path.add(hash(from, left));
        }
    }

    /** The hashes by which the tree of {@code first} leaves is shown to be the beginning of that of {@code size} (section 2.1.4.1). */
    public List<byte[]> consistency(long first, long size) {
        if (first < 1 || first > size) {
            throw new IllegalArgumentException("No tree of " + first + " leaves within " + size);
        }
        List<byte[]> path = new ArrayList<>();
        consistency(first, 0, size, true, path);
        return path;
    }

    private void consistency(long first, long from, long size, boolean known, List<byte[]> path) {
        if (first == size) {
            if (!known) {
                path.add(hash(from, size));
            }
            return;
        }
        long left = leftPart(size);
        if (first <= left) {
            consistency(first, from, left, known, path);
            path.add(hash(from + left, size - left));
        } else {
            consistency(first - left, from + left, size - left, false, path);
            path.add(hash(from, left));
        }
    }

    /** {@code from} is a multiple of the power of two that is not below {@code size}. */
    private byte[] hash(long from, long size) {
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return subtrees.whole(level, from >> level);
        }
        long left = leftPart(size);
        return Sha256.node(hash(from, left), hash(from + left, size - left));
    }

    /** The largest power of two below {@code size}. */
    private static long leftPart(long size) {
        return Long.highestOneBit(size - 1);
    }
}
