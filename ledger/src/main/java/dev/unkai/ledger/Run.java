package dev.unkai.ledger;

import dev.unkai.base.proof.Sha256;

/** Up to 256 neighbouring hashes and all whole subtrees over them, each computed once. */
final class Run {
    /** Binary levels that a run spans. */
    static final int BITS = 8;

    static final int MOST = 1 << BITS;

    private final byte[][][] levels = new byte[BITS + 1][][];

    Run(byte[][] hashes) {
        levels[0] = hashes;
        for (int level = 1; level <= BITS; level++) {
            byte[][] below = levels[level - 1];
            levels[level] = new byte[below.length / 2][];
            for (int i = 0; i < levels[level].length; i++) {
                levels[level][i] = Sha256.node(below[2 * i], below[2 * i + 1]);
            }
        }
    }

    boolean holds(int level, int index) {
        return index < levels[level].length;
    }

    byte[] whole(int level, int index) {
        return levels[level][index];
    }
}
