package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.node.hypervisor.JobProgress;
import dev.unkai.wire.node.EvidenceCapture;
import dev.unkai.wire.node.EvidenceKind;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Power;
import dev.unkai.wire.node.Rescue;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a host secures of a guest as evidence: when it runs, when it does not, and when it is not wanted any more. */
class GuestEvidenceTest extends OneGuest {
    private final EvidenceCapture memory = wanted(EvidenceKind.EVIDENCE_MEMORY);
    private final EvidenceCapture domain = wanted(EvidenceKind.EVIDENCE_DOMAIN);
    private final EvidenceCapture clock = wanted(EvidenceKind.EVIDENCE_CLOCK);

    private static EvidenceCapture wanted(EvidenceKind kind) {
        return EvidenceCapture.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setKind(kind)
                .build();
    }

    @Test
    void memoryDescriptionAndClockOfARunningGuestAreBroughtWhileItsGenerationStays() throws Exception {
        settle(guest());

        settle(guest().addEvidence(memory).addEvidence(domain).addEvidence(clock));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(stored.sizes.keySet())
                        .containsExactlyInAnyOrder(memory.getId(), domain.getId(), clock.getId()));
        assertThat(stored.sizes.get(memory.getId())).isEqualTo(("memory of " + id).length());
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getFault()).isEmpty();
        settle(guest());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(state.resolve("captures")).isEmptyDirectory());
    }

    @Test
    void ofARescuedGuestItsOwnDiskIsSecuredAndNotTheOneThatItBootedFrom() throws Exception {
        EvidenceCapture disk =
                memory.toBuilder().setKind(EvidenceKind.EVIDENCE_DISK).build();

        settle(guest().setRescue(Rescue.newBuilder().setDisk(disk())).addEvidence(disk));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(hypervisor.backedUp).containsExactly("vdb"));
    }

    @Test
    void ofAGuestThatIsOffTheMemoryIsRefusedInWordsAndTheClockIsBrought() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.OFF));

        settle(guest().setGeneration(2).setPower(Power.OFF).addEvidence(memory).addEvidence(clock));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(stored.refused.get(memory.getId()))
                    .isEqualTo("The server does not run, so there is no memory to secure.");
            assertThat(stored.sizes).containsKey(clock.getId());
        });
    }

    @Test
    void aGuestThatStandsStillForAMemoryThatADeadNodeBeganToWriteIsLeftAloneAndIsNoFault() throws Exception {
        settle(guest());
        JobProgress writing = new JobProgress(100, 40, 60, 0, 0, 0, 0);
        hypervisor.halt(id);
        hypervisor.job(writing, writing);
        reconciler = restarted();
        hypervisor.done.clear();

        settle(guest().addEvidence(memory));

        assertThat(hypervisor.done).isEmpty();
        assertThat(reconciler.report().getFault()).isEmpty();
        hypervisor.resume(id);
        settle(guest().addEvidence(memory));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(stored.sizes).containsKey(memory.getId()));
    }

    @Test
    void somethingThatThisNodeDoesNotKnowIsRefused() throws Exception {
        EvidenceCapture newer = memory.toBuilder().setKindValue(99).build();
        settle(guest());

        settle(guest().addEvidence(newer));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(stored.refused.get(newer.getId())).contains("does not know"));
    }
}
