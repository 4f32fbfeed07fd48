package dev.unkai.ledger;

import static dev.unkai.ledger.LedgerFixture.A;
import static dev.unkai.ledger.LedgerFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.base.proof.EventLeaf;
import dev.unkai.base.proof.JournalLeaf;
import dev.unkai.base.proof.LedgerKey;
import dev.unkai.base.proof.MerkleProof;
import dev.unkai.base.proof.MerkleTree;
import dev.unkai.base.proof.Round;
import dev.unkai.base.proof.SignedHead;
import dev.unkai.ledger.ExportLines.Selection;
import dev.unkai.ledger.Search.Query;
import dev.unkai.ledger.Search.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads, proofs and rounds as a customer gets them, checked with the public key alone. */
class SealTest {
    @TempDir
    private Path data;

    private LedgerFixture ledger;
    private LedgerKey key;

    @BeforeEach
    void open() {
        ledger = new LedgerFixture(data);
        key = LedgerKey.parse(ledger.keys.published().pem());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void everyEventIsProvenToBeInEveryHeadSignedAfterIt() {
        for (int events : List.of(1, 2, 254, 1, 300)) {
            ledger.happen(A, events);
            ledger.happen(B, 3);
            ledger.sign();
        }
        List<SignedHead> heads = ledger.read(
                db -> HeadStore.read(db, "where log = ? order by size", A).list());
        List<Stored> events = ledger.search.read(new Query(A, Conditions.NONE, null, 1_000));

        assertThat(heads).extracting(SignedHead::size).containsExactly(1L, 3L, 257L, 258L, 558L);
        for (SignedHead head : heads) {
            assertThat(key.signed(head)).isTrue();
            MerkleTree tree = ledger.read(db -> {
                MerkleTree stored = new StoredTree(db, A).tree();
                for (Stored event : events) {
                    if (event.place() < head.size()) {
                        assertThat(MerkleProof.includes(
                                        head.root(),
                                        head.size(),
                                        event.place(),
                                        new EventLeaf(A, event.place(), event.received(), event.json()).hash(),
                                        stored.inclusion(event.place(), head.size())))
                                .isTrue();
                    }
                }
                for (SignedHead before : heads) {
                    if (before.size() <= head.size()) {
                        assertThat(MerkleProof.continues(
                                        before.root(),
                                        before.size(),
                                        head.root(),
                                        head.size(),
                                        stored.consistency(before.size(), head.size())))
                                .isTrue();
                    }
                }
                return stored;
            });
            assertThat(tree).isNotNull();
        }
        assertThat(heads.getFirst().previous()).isEqualTo(SignedHead.NONE);
        for (int i = 1; i < heads.size(); i++) {
            assertThat(heads.get(i).previous()).isEqualTo(heads.get(i - 1).hash());
        }
        assertThat(ledger.audit()).isEmpty();
    }

    @Test
    void aThousandEventsAreSignedAtOnceAndFewerAfterAMinute() {
        ledger.sign();
        ledger.happen(A, 999);
        ledger.signer.step();
        assertThat(newest(A)).isZero();

        ledger.happen(A, 1);
        ledger.signer.step();
        assertThat(newest(A)).isEqualTo(1_000);

        ledger.happen(A, 1);
        ledger.signer.step();
        assertThat(newest(A)).isEqualTo(1_000);
        ledger.sign();
        assertThat(newest(A)).isEqualTo(1_001);
        assertThat(newest(JournalLeaf.LOG)).isEqualTo(1_001);
    }

    @Test
    void aRoundIsPublishedEachMinuteWhetherAnythingHappenedOrNotAndHoldsTheHeads() {
        ledger.sign();
        ledger.happen(A, 5);
        ledger.happen(B, 5);
        ledger.sign();
        ledger.signer.step();
        ledger.sign();

        List<Round> rounds = ledger.read(db -> RoundStore.following(db, 0, 10));
        assertThat(rounds).extracting(Round::number).containsExactly(0L, 1L, 2L);
        assertThat(rounds).allMatch(key::signed);
        assertThat(rounds.get(2).previous()).isEqualTo(rounds.get(1).hash());
        SignedHead head = ledger.read(db -> HeadStore.newest(db, A).orElseThrow());
        RoundTree tree = ledger.read(db -> RoundTree.of(db, 1));
        int place = tree.place(head);
        assertThat(MerkleProof.includes(
                        rounds.get(1).root(), tree.size(), place, Round.leaf(tree.nonce(head), head), tree.path(place)))
                .isTrue();
        assertThat(ledger.anchor.kept().orElseThrow().number()).isEqualTo(2);
    }

    /** Everything that the ledger answers about project A, while B does nothing and while B does a lot. */
    @Test
    void nothingThatACustomerGetsTellsOfAnother() {
        try (LedgerFixture alone = new LedgerFixture(data.resolve("alone"));
                LedgerFixture beside = new LedgerFixture(data.resolve("beside"))) {
            assertThat(answers(beside, 700)).isEqualTo(answers(alone, 0));
        }
    }

    private static List<Object> answers(LedgerFixture ledger, int ofOthers) {
        ledger.happen(B, 1 + ofOthers);
        ledger.happen(A, 3);
        ledger.happen(B, 1 + ofOthers);
        ledger.happen(A, 2);
        ledger.sign();
        List<Stored> events = ledger.search.read(new Query(A, Conditions.NONE, null, 1_000));
        return ledger.read(db -> {
            SignedHead head = HeadStore.newest(db, A).orElseThrow();
            RoundTree round = RoundTree.of(db, 0);
            ExportLines.Page lines =
                    ExportLines.read(db, new Selection(A, head.size(), Conditions.NONE, false), 0, 100);
            assertThat(lines.toString()).doesNotContain(B);
            return List.of(
                    events.stream().map(Stored::number).toList(),
                    events.stream().map(Stored::received).toList(),
                    head.size(),
                    head.time(),
                    round.size(),
                    lines.lines().size(),
                    new StoredTree(db, A).tree().inclusion(2, head.size()).size(),
                    RoundStore.newest(db).orElseThrow().number());
        });
    }

    @Test
    void theAuditorReadsAPageASecondAndFasterOnlyWhereFourMinutesWouldNotBeEnough() {
        ledger.happen(A, 5_000);
        ledger.auditor.step();
        assertThat(ledger.auditor.period()).isEqualTo(Duration.ofSeconds(1));
        ledger.clock.turn(Duration.ofMillis(239_500));
        ledger.auditor.step();
        assertThat(ledger.auditor.period()).isBetween(Duration.ofMillis(100), Duration.ofMillis(999));
        ledger.audit();
        assertThat(ledger.auditor.period()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theAuditorRaisesNoAlarmAboutWhatComesWhileItReads() throws Exception {
        ledger.happen(A, 10);
        ledger.sign();
        try (ExecutorService busy = Executors.newSingleThreadExecutor()) {
            var traffic = busy.submit(() -> {
                for (int round = 0; round < 40; round++) {
                    ledger.happen(A, 40);
                    ledger.happen(B, 1);
                    ledger.sign();
                }
            });
            while (!traffic.isDone()) {
                assertThat(ledger.audit()).isEmpty();
            }
            traffic.get();
        }
        assertThat(ledger.audit()).isEmpty();
        assertThat(newest(A)).isEqualTo(1_610);
    }

    @Test
    void aClockSetBackAnHourIsToldAndOrderAndProofsHold() {
        ledger.happen(A, 3);
        ledger.sign();
        ledger.clock.turn(Duration.ofHours(-1));
        ledger.happen(A, 3);
        ledger.signer.step();
        ledger.clock.turn(Duration.ofHours(1));
        ledger.happen(A, 1);
        ledger.sign();

        List<SignedHead> heads = ledger.read(
                db -> HeadStore.read(db, "where log = ? order by size", A).list());
        assertThat(heads).extracting(SignedHead::size).containsExactly(3L, 6L, 7L);
        assertThat(heads).extracting(SignedHead::time).isSorted();
        assertThat(ledger.audit())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo("clock-back"));
        assertThat(MerkleProof.continues(
                        heads.get(0).root(),
                        3,
                        heads.get(2).root(),
                        7,
                        ledger.read(db -> new StoredTree(db, A).tree().consistency(3, 7))))
                .isTrue();
    }

    @Test
    void aSourceWhoseClockIsOffIsToldOnceAnHourAndItsEventsAreTakenAllTheSame() {
        Instant now = ledger.clock.instant();
        ledger.log.append("identity/y", List.of(LedgerFixture.event(1, A, "s")), now.minus(EventLog.MOST_APART));
        assertThat(ledger.audit()).as("within bounds").isEmpty();
        for (int position = 2; position < 4; position++) {
            ledger.log.append(
                    "identity/y", List.of(LedgerFixture.event(position, A, "s")), now.plusSeconds(position * 61L));
        }
        ledger.log.append("cloud/z", List.of(LedgerFixture.event(1, A, "s")), now.minus(Duration.ofHours(9)));

        assertThat(ledger.count("event")).isEqualTo(4);
        assertThat(ledger.audit())
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo("clock-apart"))
                .extracting(Finding::log)
                .containsExactly("cloud/z", "identity/y");
    }

    @Test
    void twoProcessesOnOneDatabaseSignOneHistoryAndBothKnowItsEnd() {
        Anchor otherFile = new Anchor(data.resolve("other-last-round"));
        HeadSigner other = new HeadSigner(ledger.transactions, ledger.keys, otherFile, ledger.findings, ledger.clock);
        for (int turn = 0; turn < 6; turn++) {
            ledger.happen(A, 700);
            ledger.happen(B, 3);
            ledger.clock.turn(Duration.ofMinutes(turn % 3 == 0 ? 1 : 0));
            (turn % 2 == 0 ? ledger.signer : other).step();
            (turn % 2 == 0 ? other : ledger.signer).step();
        }
        ledger.sign();
        other.step();

        assertThat(otherFile.kept()).usingRecursiveComparison().isEqualTo(ledger.anchor.kept());
        assertThat(otherFile.kept().orElseThrow().number()).isEqualTo(ledger.count("round") - 1);
        assertThat(newest(A)).isEqualTo(4_200);
        assertThat(newest(JournalLeaf.LOG)).isEqualTo(4_218);
        assertThat(ledger.audit()).isEmpty();
    }

    private long newest(String log) {
        return ledger.read(db -> HeadStore.newest(db, log).map(SignedHead::size).orElse(0L));
    }
}
