package dev.unkai.base.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every size up to 70, so that whole and ragged trees of several levels are among them. */
class MerkleTreeTest {
    private static final int MOST = 70;
    private static final List<byte[]> LEAVES = IntStream.range(0, MOST)
            .mapToObj(n -> Sha256.leaf(("entry " + n).getBytes(StandardCharsets.UTF_8)))
            .toList();
    private static final Map<Subtree, byte[]> KNOWN = new HashMap<>();
    private static final MerkleTree TREE = new MerkleTree(MerkleTreeTest::whole);

    private record Subtree(int level, long index) {}

    /** As section 2.1.1 defines it, without any cleverness. */
    private static byte[] defined(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Sha256.of();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = 1;
        while (left * 2 < leaves.size()) {
            left *= 2;
        }
        return Sha256.node(defined(leaves.subList(0, left)), defined(leaves.subList(left, leaves.size())));
    }

    private static byte[] whole(int level, long index) {
        return KNOWN.computeIfAbsent(new Subtree(level, index), _ -> {
            int from = (int) (index << level);
            return defined(LEAVES.subList(from, from + (1 << level)));
        });
    }

    @Test
    void theRootIsThatOfTheStandardsDefinition() {
        for (int size = 0; size <= MOST; size++) {
            assertThat(TREE.root(size)).as("size %d", size).isEqualTo(defined(LEAVES.subList(0, size)));
        }
    }

    /** The test vectors that Certificate Transparency's implementations share. */
    @Test
    void theRootsAreThoseOfCertificateTransparencysTestVectors() {
        List<byte[]> leaves = new ArrayList<>();
        for (String entry : List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")) {
            leaves.add(Sha256.leaf(HexFormat.of().parseHex(entry)));
        }
        MerkleTree tree = new MerkleTree(
                (level, index) -> defined(leaves.subList((int) (index << level), (int) ((index + 1) << level))));

        assertThat(HexFormat.of().formatHex(tree.root(0)))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(HexFormat.of().formatHex(tree.root(1)))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(HexFormat.of().formatHex(tree.root(8)))
                .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void everyLeafIsShownToBeInEveryTreeThatHoldsIt() {
        for (int size = 1; size <= MOST; size++) {
            for (int place = 0; place < size; place++) {
                assertThat(MerkleProof.includes(
                                TREE.root(size), size, place, LEAVES.get(place), TREE.inclusion(place, size)))
                        .as("leaf %d of %d", place, size)
                        .isTrue();
            }
        }
    }

    @Test
    void aProofHoldsForNoOtherPlaceSizeLeafOrRoot() {
        for (int size = 2; size <= 40; size++) {
            for (int place = 0; place < size; place++) {
                List<byte[]> path = TREE.inclusion(place, size);
                byte[] root = TREE.root(size);
                byte[] leaf = LEAVES.get(place);
                assertThat(MerkleProof.includes(root, size, (place + 1) % size, leaf, path))
                        .isFalse();
                assertThat(MerkleProof.includes(TREE.root(size - 1), size, place, leaf, path))
                        .isFalse();
                assertThat(MerkleProof.includes(root, size, place, LEAVES.get((place + 1) % size), path))
                        .isFalse();
                assertThat(MerkleProof.includes(root, size, place, leaf, path.subList(1, path.size())))
                        .isFalse();
                List<byte[]> longer = new ArrayList<>(path);
                longer.add(root);
                assertThat(MerkleProof.includes(root, size, place, leaf, longer))
                        .isFalse();
            }
        }
    }

    @Test
    void everyTreeIsShownToBeginEveryLargerOne() {
        for (int size = 1; size <= MOST; size++) {
            for (int first = 1; first <= size; first++) {
                assertThat(MerkleProof.continues(
                                TREE.root(first), first, TREE.root(size), size, TREE.consistency(first, size)))
                        .as("%d in %d", first, size)
                        .isTrue();
            }
        }
    }

    @Test
    void aTreeWithAnotherBeginningIsNotShownToContinueIt() {
        for (int size = 2; size <= 40; size++) {
            for (int first = 1; first < size; first++) {
                byte[] changed = TREE.root(first).clone();
                changed[0] ^= 1;
                List<byte[]> path = TREE.consistency(first, size);
                assertThat(MerkleProof.continues(changed, first, TREE.root(size), size, path))
                        .isFalse();
                byte[] other = TREE.root(size).clone();
                other[31] ^= 1;
                assertThat(MerkleProof.continues(TREE.root(first), first, other, size, path))
                        .isFalse();
            }
        }
    }
}
