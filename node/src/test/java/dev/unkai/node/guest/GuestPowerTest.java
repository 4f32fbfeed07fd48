package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.node.hypervisor.StopCause;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Power;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On, off, paused, suspended, booted anew: as the plan says, and as the guest itself does. */
class GuestPowerTest extends OneGuest {
    @Test
    void asksTheGuestToShutDown() throws Exception {
        settle(guest());

        settle(guest().setGeneration(2).setPower(Power.OFF));
        reconciler.stopped(StopCause.GUEST);
        reconciler.step();

        assertThat(hypervisor.done).containsExactly("start " + id, "press " + id);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(reconciler.report().getStoppedByGuest()).isFalse();
        assertThat(files.hasDisk(id)).isTrue();
    }

    @Test
    void endsAGuestThatDoesNotListen() throws Exception {
        settle(guest());
        hypervisor.makeGuestsDeaf();

        want(guest().setGeneration(2).setPower(Power.OFF));
        Next next = reconciler.step();
        assertThat(next).isInstanceOf(Next.After.class);
        assertThat(hypervisor.running()).hasSize(1);
        longWork.pass(PATIENCE);
        reconciler.step();

        assertThat(hypervisor.done).last().isEqualTo("destroy " + id);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
    }

    @Test
    void losesPatienceWithADeafGuestAlsoWhenTheHostsClockIsSetBack() throws Exception {
        settle(guest());
        hypervisor.makeGuestsDeaf();

        want(guest().setGeneration(2).setPower(Power.OFF));
        reconciler.step();
        clock.pass(Duration.ofHours(-1));
        longWork.pass(PATIENCE);
        reconciler.step();

        assertThat(hypervisor.running()).isEmpty();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
    }

    @Test
    void startsAStoppedGuestAgain() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.OFF));
        reconciler.stopped(StopCause.GUEST);

        settle(guest().setGeneration(3));

        assertThat(hypervisor.running()).hasSize(1);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getGeneration()).isEqualTo(3);
    }

    @Test
    void aGuestThatSwitchedItselfOffStaysOff() throws Exception {
        settle(guest());
        hypervisor.end(id);
        reconciler.stopped(StopCause.GUEST);
        reconciler.step();

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(reconciler.report().getStoppedByGuest()).isTrue();

        // also after a restart of the node
        reconciler = restarted();
        settle(guest());
        assertThat(hypervisor.running()).isEmpty();
        assertThat(reconciler.report().getStoppedByGuest()).isTrue();

        // until its plan changes
        settle(guest().setGeneration(2));
        assertThat(hypervisor.running()).hasSize(1);
    }

    @Test
    void waitsForTheNewsWhyAGuestEnded() throws Exception {
        settle(guest());
        hypervisor.end(id);

        Next next = reconciler.step();
        assertThat(next).isInstanceOf(Next.After.class);
        assertThat(hypervisor.running()).isEmpty();

        reconciler.stopped(StopCause.GUEST);
        reconciler.step();
        assertThat(reconciler.report().getStoppedByGuest()).isTrue();
    }

    @Test
    void aGuestWhoseProcessDiedIsStartedAgain() throws Exception {
        settle(guest());
        clock.pass(Duration.ofMinutes(5));
        hypervisor.end(id);
        reconciler.stopped(StopCause.CRASHED);

        reconciler.step();

        assertThat(hypervisor.running()).hasSize(1);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void aGuestWhoseProcessDiesAgainAndAgainIsAFault() throws Exception {
        settle(guest());
        hypervisor.end(id);
        reconciler.stopped(StopCause.CRASHED);

        Next next = reconciler.step();

        assertThat(next).isInstanceOf(Next.After.class);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.FAULTY);
        assertThat(reconciler.report().getFault()).contains("ended soon after its start");
        reconciler.step();
        assertThat(hypervisor.running()).hasSize(1);
        assertThat(reconciler.report().getFault()).isEmpty();
    }

    @Test
    void rebootsHardAtOnce() throws Exception {
        settle(guest());

        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD));

        assertThat(hypervisor.done).containsExactly("start " + id, "destroy " + id, "start " + id);
        assertThat(hypervisor.find(id).orElseThrow().boot()).isEqualTo(1);
    }

    @Test
    void rebootsSoftlyByAskingTheGuest() throws Exception {
        settle(guest());

        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.SOFT));
        reconciler.stopped(StopCause.GUEST);
        reconciler.step();

        assertThat(hypervisor.done).containsExactly("start " + id, "press " + id, "start " + id);
        assertThat(reconciler.report().getGeneration()).isEqualTo(2);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void rebootsADeafGuestTheHardWay() throws Exception {
        settle(guest());
        hypervisor.makeGuestsDeaf();

        want(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.SOFT));
        reconciler.step();
        longWork.pass(PATIENCE);
        reconciler.step();

        assertThat(hypervisor.done).containsExactly("start " + id, "press " + id, "destroy " + id, "start " + id);
    }

    @Test
    void aPausedGuestStandsStillUntilThePlanLetsItGoOnAlsoAfterARestartOfTheNode() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.PAUSE));
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.PAUSED);

        reconciler = restarted();
        settle(guest().setGeneration(2).setPower(Power.PAUSE));
        assertThat(hypervisor.find(id).orElseThrow().halted()).isTrue();
        settle(guest().setGeneration(3));

        assertThat(hypervisor.done).containsExactly("start " + id, "pause " + id, "resume " + id);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reports).extracting(GuestReport::getFault).containsOnly("");
    }

    @Test
    void aPausedGuestThatLostItsMemoryIsOffAndNotStartedBehindItsOwnersBack() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.PAUSE));
        hypervisor.end(id);
        reconciler.stopped(StopCause.CRASHED);
        reconciler.step();

        assertThat(hypervisor.running()).isEmpty();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(reconciler.report().getStoppedByGuest()).isTrue();
    }

    @Test
    void aSuspendedGuestGoesOnFromItsMemoryOnceAndFromItsDiskAfterwards() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.SUSPEND));
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.SUSPENDED);
        assertThat(hypervisor.running()).isEmpty();

        reconciler = restarted();
        reconciler.stopped(StopCause.DESTROYED);
        settle(guest().setGeneration(3));
        assertThat(hypervisor.done).containsExactly("start " + id, "save " + id, "restore " + id);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);

        settle(guest().setGeneration(4).setBoot(1).setBootKind(BootKind.HARD));
        assertThat(hypervisor.done).endsWith("destroy " + id, "start " + id);
    }

    @Test
    void portsThatCameWhileItWasSuspendedArePluggedInWhenItGoesOn() throws Exception {
        Nic nic = Nic.newBuilder().setPortId("one").setMac("fa:16:3e:00:00:01").build();
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.SUSPEND).addNics(nic));

        settle(guest().setGeneration(3).addNics(nic));

        assertThat(hypervisor.done).contains("restore " + id);
        assertThat(hypervisor.find(id).orElseThrow().ports()).containsExactly("one");
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(reconciler.report().getGeneration()).isEqualTo(3);
    }

    @Test
    void aGuestThatHearsThePowerButtonWhenItMayRunAgainIsStarted() throws Exception {
        settle(guest());
        hypervisor.makeGuestsDeaf();
        settle(guest().setGeneration(2).setPower(Power.OFF));
        settle(guest().setGeneration(3));
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);

        hypervisor.end(id);
        reconciler.stopped(StopCause.GUEST);
        settle(guest().setGeneration(3));

        assertThat(hypervisor.done).startsWith("start " + id, "press " + id).endsWith("start " + id);
        assertThat(hypervisor.running()).hasSize(1);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void aGuestThatHearsThePowerButtonAfterTheNodeWasRestartedIsStartedToo() throws Exception {
        settle(guest());
        hypervisor.makeGuestsDeaf();
        settle(guest().setGeneration(2).setPower(Power.OFF));
        reconciler = restarted();
        settle(guest().setGeneration(3));

        hypervisor.end(id);
        reconciler.stopped(StopCause.GUEST);
        settle(guest().setGeneration(3));

        assertThat(hypervisor.running()).hasSize(1);
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);

        // Asked in an earlier boot it is not asked in this one: now it is its owner who switches it off.
        hypervisor.end(id);
        reconciler.stopped(StopCause.GUEST);
        settle(guest().setGeneration(3));
        assertThat(reconciler.report().getStoppedByGuest()).isTrue();
    }

    @Test
    void memoryThatCannotBeRestoredNowIsKeptForTheNextAttempt() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.SUSPEND));
        hypervisor.refuse("error: ovs-vsctl failed");
        settle(guest().setGeneration(3));
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.FAULTY);

        hypervisor.heal();
        reconciler.step();
        assertThat(hypervisor.done).last().isEqualTo("restore " + id);
    }

    @Test
    void aHardRebootOfASuspendedGuestThrowsItsMemoryAway() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.SUSPEND));
        settle(guest().setGeneration(3).setBoot(1).setBootKind(BootKind.HARD));

        assertThat(hypervisor.done).containsExactly("start " + id, "save " + id, "start " + id);
        assertThat(files.directory(id).memory()).doesNotExist();
    }

    @Test
    void memoryThatMayHaveBeenUsedIsNeverUsedAgain() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.SUSPEND));
        // the node died after it had begun to restore, and the host with it
        Files.move(files.directory(id).memory(), files.directory(id).memoryInUse());

        reconciler = restarted();
        settle(guest().setGeneration(3));

        assertThat(hypervisor.done).last().isEqualTo("start " + id);
        assertThat(files.directory(id).memoryInUse()).doesNotExist();
    }

    @Test
    void aRebootIsDoneOnceOverRestartsOfTheNode() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD));
        hypervisor.done.clear();

        reconciler = restarted();
        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD));

        assertThat(hypervisor.done).isEmpty();
    }

    @Test
    void aLateWordOfAnEarlierEndDoesNotStopTheGuestOfNow() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD));
        reconciler.stopped(StopCause.GUEST);
        reconciler.step();
        hypervisor.end(id);
        reconciler.stopped(StopCause.DESTROYED);

        reconciler.step();

        assertThat(hypervisor.running()).hasSize(1);
    }
}
