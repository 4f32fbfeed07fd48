package dev.unkai.ledger;

import dev.unkai.base.data.Db;
import dev.unkai.base.proof.MerkleTree;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.Sha256;
import dev.unkai.base.proof.SignedHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The leaves of a round: one for each head, hidden behind a nonce, filled up with leaves that hide nothing to a power of two, sorted by hash. Nonces and filling come
 * from the round's secret seed, so that a round is made again for a proof.
 */
final class RoundTree {
    /** Fewer heads than this look like this many. */
    private static final int LEAST = 1_024;

    private final byte[] seed;
    private final List<byte[]> leaves = new ArrayList<>();

    RoundTree(byte[] seed, List<SignedHead> heads) {
        this.seed = seed;
        heads.forEach(head -> leaves.add(Round.leaf(nonce(head), head)));
        int size = Math.max(LEAST, Integer.highestOneBit(Math.max(1, 2 * heads.size() - 1)));
        for (int i = leaves.size(); i < size; i++) {
            leaves.add(Sha256.leaf(seed, ("filling " + i).getBytes(StandardCharsets.UTF_8)));
        }
        leaves.sort(Arrays::compareUnsigned);
    }

    /** The tree of a published round, made again. */
    static RoundTree of(Db db, long round) {
        return new RoundTree(
                RoundStore.seed(db, round), HeadStore.read(db, """
                        where exists (select from round_head r where r.round = ? and r.log = head.log and r.size = head.size)
                         order by log""", round).list());
    }

    /** What a customer is told of the seed: enough for its own head. */
    byte[] nonce(SignedHead head) {
        return Sha256.of(seed, ("nonce " + head.log()).getBytes(StandardCharsets.UTF_8));
    }

    int size() {
        return leaves.size();
    }

    byte[] root() {
        return tree().root(leaves.size());
    }

    /** Where the head is among the leaves. */
    int place(SignedHead head) {
        byte[] wanted = Round.leaf(nonce(head), head);
        for (int i = 0; i < leaves.size(); i++) {
            if (Arrays.equals(leaves.get(i), wanted)) {
                return i;
            }
        }
        throw new IllegalStateException("The round does not hold that head");
    }

    List<byte[]> path(int place) {
        return tree().inclusion(place, leaves.size());
    }

    private MerkleTree tree() {
        return new MerkleTree(this::whole);
    }

    private byte[] whole(int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : Sha256.node(whole(level - 1, 2 * index), whole(level - 1, 2 * index + 1));
    }
}
