package dev.unkai.base.proof;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Checks proofs with nothing but hashes (RFC 9162 sections 2.1.3.2 and 2.1.4.2). */
public final class MerkleProof {
    private MerkleProof() {}

    /** Whether the leaf of that hash is at {@code place} in the tree of {@code size} leaves with that root. */
    public static boolean includes(byte[] root, long size, long place, byte[] leafHash, List<byte[]> path) {
        if (place < 0 || place >= size) {
            return false;
        }
        long node = place;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Sha256.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Sha256.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the tree of {@code first} leaves is the beginning of that of {@code size}. */
    public static boolean continues(byte[] firstRoot, long first, byte[] root, long size, List<byte[]> path) {
        if (first < 1 || first > size) {
            return false;
        }
        if (first == size) {
            return path.isEmpty() && Arrays.equals(firstRoot, root);
        }
        Iterator<byte[]> hashes = path.iterator();
        boolean whole = Long.bitCount(first) == 1;
        if (!whole && !hashes.hasNext()) {
            return false;
        }
        byte[] seed = whole ? firstRoot : hashes.next();
        long node = first - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        byte[] old = seed;
        byte[] fresh = seed;
        while (hashes.hasNext()) {
            if (last == 0) {
                return false;
            }
            byte[] sibling = hashes.next();
            if ((node & 1) == 1 || node == last) {
                old = Sha256.node(sibling, old);
                fresh = Sha256.node(sibling, fresh);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                fresh = Sha256.node(fresh, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(old, firstRoot) && Arrays.equals(fresh, root);
    }
}
