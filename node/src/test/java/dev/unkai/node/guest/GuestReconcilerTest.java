package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.unkai.wire.node.Departure;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Nic;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guest comes, stays and goes as the plan says, wherever the node died and whatever the hypervisor says. */
class GuestReconcilerTest extends OneGuest {
    @Test
    void fetchesTheImageThenStartsTheGuest() throws Exception {
        settle(guest());

        assertThat(reports).extracting(GuestReport::getState).containsExactly(GuestState.PREPARING, GuestState.RUNNING);
        assertThat(reports).extracting(GuestReport::getGeneration).containsOnly(1L);
        assertThat(hypervisor.done).containsExactly("start " + id);
        assertThat(files.directory(id).disk()).exists();
        assertThat(files.directory(id).configDrive()).exists();
    }

    @Test
    void finishesWhatIsLeftWhereverTheNodeDied() throws Exception {
        // died before anything, with a cut-off disk, and after the start but before the report
        settle(guest());
        reconciler = restarted();
        settle(guest());
        hypervisor.end(id);
        Files.write(files.directory(id).disk(), new byte[0]);
        reconciler = restarted();
        settle(guest());

        assertThat(hypervisor.done).containsExactly("start " + id, "start " + id);
        assertThat(QcowOverlay.isQcow(files.directory(id).disk())).isTrue();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void keepsTheDiskOverARestartOfTheHost() throws Exception {
        settle(guest());
        byte[] written = Files.readAllBytes(files.directory(id).disk());
        written[written.length - 1] = 99;
        Files.write(files.directory(id).disk(), written);
        hypervisor.end(id);
        reconciler = restarted();

        settle(guest());

        assertThat(files.directory(id).disk()).hasBinaryContent(written);
    }

    @Test
    void removesDomainAndFiles() throws Exception {
        settle(guest());

        reconciler.want(null, ++plan);
        Next next = reconciler.step();

        assertThat(next).isInstanceOf(Next.Gone.class);
        assertThat(hypervisor.running()).isEmpty();
        assertThat(files.known()).isEmpty();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.ABSENT);
        assertThat(reconciler.report().getPlanGeneration()).isEqualTo(plan);
    }

    @Test
    void leavesAGuestAloneUntilThereIsAPlan() throws Exception {
        settle(guest());
        reconciler = restarted();

        reconciler.step();

        assertThat(hypervisor.running()).hasSize(1);
        assertThat(files.known()).containsExactly(id);
    }

    @Test
    void saysWhenTheHypervisorIsAwayAndHealsByItself() throws Exception {
        hypervisor.goDown();
        settle(guest());
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.FAULTY);
        assertThat(reconciler.report().getFault()).contains("libvirt").contains("goes on trying");

        hypervisor.heal();
        settle(guest());

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getFault()).isEmpty();
    }

    @Test
    void aRunningGuestStaysRunningInTheReportWhileTheHypervisorIsAway() throws Exception {
        settle(guest());
        hypervisor.goDown();

        reconciler.step();

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getFault()).isNotEmpty();
    }

    @Test
    void backsOffFromARefusalAndTriesAtOnceWhenThePlanChanges() throws Exception {
        hypervisor.refuse("internal error: qemu unexpectedly closed the monitor");
        settle(guest());
        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 0; attempt < 8; attempt++) {
            pauses.add(((Next.After) reconciler.step()).delay());
        }
        assertThat(pauses).isSorted();
        assertThat(pauses).last().isEqualTo(Duration.ofSeconds(30));

        want(guest().setGeneration(2));
        assertThat(((Next.After) reconciler.step()).delay()).isEqualTo(Duration.ofSeconds(1));
        hypervisor.heal();
        reconciler.step();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void wordsOfANewerCloudAreRefusedWithAReasonAndNothingIsDoneToTheGuest() throws Exception {
        settle(guest());
        hypervisor.done.clear();

        settle(guest().setGeneration(2).setPowerValue(99));
        assertThat(reconciler.report().getFault()).contains("does not say whether the server is to run");
        assertThat(hypervisor.done).isEmpty();
        assertThat(hypervisor.find(id)).isPresent();

        // a known wish with a kind of boot, a firmware and fields that are not known: as it would be without them
        settle(guest().setGeneration(3)
                .setBootKindValue(99)
                .setFirmwareValue(99)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                4000,
                                UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                        .build()));
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getFault()).isEmpty();
        assertThat(reconciler.report().getGeneration()).isEqualTo(3);
        assertThat(hypervisor.done).isEmpty();
        assertThat(files.directory(id).disk()).exists();
    }

    @Test
    void letsAHaltedGuestRunOn() throws Exception {
        settle(guest());
        hypervisor.halt(id);

        reconciler.step();
        assertThat(reconciler.report().getFault()).isEmpty();
        reconciler.step();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getFault()).contains("halted");
        reconciler.step();

        assertThat(hypervisor.done).last().isEqualTo("resume " + id);
        assertThat(reconciler.report().getFault()).isEmpty();
    }

    @Test
    void plugsPortsInAndOut() throws Exception {
        settle(guest().addNics(Nic.newBuilder().setPortId("one").setMac("fa:16:3e:00:00:01")));

        settle(guest().setGeneration(2)
                .addNics(Nic.newBuilder().setPortId("two").setMac("fa:16:3e:00:00:02")));

        assertThat(hypervisor.find(id).orElseThrow().ports()).containsExactly("two");
        assertThat(hypervisor.done).containsExactly("start " + id);
    }

    @Test
    void aGuestThatWasOffWhenItWasToMoveRunningIsStartedAndItsMoveToldToHaveFailed() throws Exception {
        moves.way = DepartureReport.newBuilder()
                .setAttempt("one")
                .setFailure("The server could not be moved: the server does not run")
                .build();

        settle(guest().setDeparture(Departure.newBuilder().setAttempt("one")));

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getDeparture()).isEqualTo(moves.way);
    }
}
