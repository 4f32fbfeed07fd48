package dev.unkai.base.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** A small ledger of one history, and the file that an export of it is. */
public final class ExportedHistory {
    public static final String LOG = "5f0c1a2b3c4d4e5f8a9b0c1d2e3f4a5b";
    public static final Instant NOW = Instant.parse("2026-11-26T07:00:00.123456Z");

    private final KeyPair pair;
    private final List<String> events;
    private final List<EventLeaf> leaves;
    private final MerkleTree tree;
    private final SignedHead head;

    /** @param count of events; the names in them are Japanese, and one of them looks like the end of a line's beginning */
    public static ExportedHistory of(int count) {
        return of(IntStream.range(0, count)
                .mapToObj(n -> "{\"id\":\"e" + n + "\",\"name\":\"雲" + n + "\",\"event\":{\"event\":\"x\"}}")
                .toList());
    }

    /** @param events their JSON texts */
    public static ExportedHistory of(List<String> events) {
        try {
            return new ExportedHistory(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), List.copyOf(events));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ExportedHistory(KeyPair pair, List<String> events) {
        this.pair = pair;
        this.events = events;
        this.leaves = IntStream.range(0, events.size())
                .mapToObj(n -> new EventLeaf(LOG, n, NOW.minusSeconds(events.size() - n), events.get(n)))
                .toList();
        Map<String, byte[]> known = new HashMap<>();
        this.tree = new MerkleTree((level, index) -> whole(known, level, index));
        this.head = SignedHead.sign(LOG, events.size(), tree.root(events.size()), NOW, new byte[32], this::sign);
    }

    private byte[] whole(Map<String, byte[]> known, int level, long index) {
        byte[] before = known.get(level + "/" + index);
        if (before != null) {
            return before;
        }
        byte[] hash = level == 0
                ? leaves.get((int) index).hash()
                : Sha256.node(whole(known, level - 1, 2 * index), whole(known, level - 1, 2 * index + 1));
        known.put(level + "/" + index, hash);
        return hash;
    }

    private byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public LedgerKey key() {
        return new LedgerKey(pair.getPublic());
    }

    public SignedHead head() {
        return head;
    }

    /** The hashes that show the first events to be the beginning of all. */
    public List<byte[]> consistency(long first) {
        return tree.consistency(first, events.size());
    }

    /** A round in which the head stands beside another leaf. */
    public HeldByRound round() {
        byte[] nonce = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        byte[] other = Sha256.of(new byte[] {7});
        byte[] root = Sha256.node(Round.leaf(nonce, head), other);
        return new HeldByRound(
                Round.sign(3, root, NOW.plusSeconds(30), new byte[32], this::sign), nonce, 0, 2, List.of(other));
    }

    /** The lines of the export of these places, without their ends. */
    public List<String> lines(boolean complete, boolean withRound, int... places) {
        List<String> lines = new ArrayList<>();
        lines.add(first(complete, withRound));
        for (int place : places) {
            lines.add(line(place));
        }
        lines.add("{\"lines\":" + places.length + "}");
        return lines;
    }

    /** All of it. */
    public List<String> lines() {
        return lines(true, true, IntStream.range(0, events.size()).toArray());
    }

    public String first(boolean complete, boolean withRound) {
        Map<String, Object> members = new java.util.LinkedHashMap<>();
        members.put("format", HistoryFile.FORMAT);
        members.put("complete", complete);
        members.put("head", head);
        members.put("round", withRound ? round() : null);
        members.put("key", key().pem());
        return JsonMapper.builder().build().writeValueAsString(members);
    }

    public String line(int place) {
        EventLeaf leaf = leaves.get(place);
        List<String> proof = tree.inclusion(place, events.size()).stream()
                .map(hash -> "\"" + Base64.getEncoder().encodeToString(hash) + "\"")
                .toList();
        return "{\"place\":" + place + ",\"received\":\"" + leaf.received() + "\",\"proof\":[" + String.join(",", proof)
                + "],\"event\":" + leaf.event() + "}";
    }

    /** The line of that event after it was dropped. */
    public String droppedLine(int place) {
        List<String> proof = tree.inclusion(place, events.size()).stream()
                .map(hash -> "\"" + Base64.getEncoder().encodeToString(hash) + "\"")
                .toList();
        return "{\"place\":" + place + ",\"dropped\":\"access/2026-04\",\"hash\":\""
                + Base64.getEncoder().encodeToString(leaves.get(place).hash()) + "\",\"proof\":["
                + String.join(",", proof) + "]}";
    }
}
