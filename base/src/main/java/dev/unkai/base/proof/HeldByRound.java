package dev.unkai.base.proof;

import java.util.List;

/**
 * How a published round holds a head.
 *
 * @param nonce the random bytes before the head's text in the round's leaf
 * @param place of that leaf among the {@code size} of the round
 */
public record HeldByRound(Round round, byte[] nonce, long place, long size, List<byte[]> path) {
    /** Whether the round's root leads to that head; that the round is signed is another question. */
    public boolean holds(SignedHead head) {
        return MerkleProof.includes(round.root(), size, place, Round.leaf(nonce, head), path);
    }
}
