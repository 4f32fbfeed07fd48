package dev.unkai.ledger;

import dev.unkai.base.proof.MerkleTree;
import dev.unkai.base.proof.Sha256;

/** The root over a list that is read once from its beginning, in the space of a few hashes. */
final class CompactTree {
    /** Told of each whole subtree when its last leaf has come. */
    @FunctionalInterface
    interface Whole {
        /** @param level binary: the subtree has 2^{@code level} leaves */
        void is(int level, long index, byte[] hash);
    }

    private final byte[][] peaks = new byte[Long.SIZE][];
    private long size;

    /** The same after {@code size} leaves were read, out of the hashes of whole subtrees. */
    static CompactTree of(long size, MerkleTree.Subtrees subtrees) {
        CompactTree tree = new CompactTree();
        tree.size = size;
        for (int level = 0; size >> level != 0; level++) {
            if ((size >> level & 1) == 1) {
                tree.peaks[level] = subtrees.whole(level, (size >> level) - 1);
            }
        }
        return tree;
    }

    void add(byte[] leaf, Whole whole) {
        byte[] hash = leaf;
        int level = 0;
        while ((size >> level & 1) == 1) {
            hash = Sha256.node(peaks[level], hash);
            level++;
            whole.is(level, size >> level, hash);
        }
        peaks[level] = hash;
        size++;
    }

    long size() {
        return size;
    }

    byte[] root() {
        if (size == 0) {
            return Sha256.of();
        }
        int level = Long.numberOfTrailingZeros(size);
        byte[] hash = peaks[level];
        for (level++; size >> level != 0; level++) {
            if ((size >> level & 1) == 1) {
                hash = Sha256.node(peaks[level], hash);
            }
        }
        return hash;
    }
}
