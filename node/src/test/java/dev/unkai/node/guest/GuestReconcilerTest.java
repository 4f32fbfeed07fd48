package dev.unkai.node.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.UnknownFieldSet;
import dev.unkai.node.LongWork;
import dev.unkai.node.host.Acceleration;
import dev.unkai.node.host.QemuImg;
import dev.unkai.node.hypervisor.FakeHypervisor;
import dev.unkai.node.hypervisor.StopCause;
import dev.unkai.node.image.ImageCache;
import dev.unkai.wire.node.BootKind;
import dev.unkai.wire.node.Capture;
import dev.unkai.wire.node.Departure;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Disk;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.Nic;
import dev.unkai.wire.node.Power;
import dev.unkai.wire.node.Rescue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuestReconcilerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path state;

    private final UUID id = UUID.randomUUID();
    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final SteppedClock clock = new SteppedClock();
    private final List<GuestReport> reports = new ArrayList<>();
    private final LinkedBlockingQueue<UUID> woken = new LinkedBlockingQueue<>();
    private byte[] image = new byte[1024 * 1024];
    private byte[] sent = image;
    private IOException fetchFailure;
    private final StoredCaptures stored = new StoredCaptures();
    private final FakeMoves moves = new FakeMoves();
    private GuestFiles files;
    private GuestReconciler reconciler;
    private long plan;

    @BeforeEach
    void setUp() throws Exception {
        files = new GuestFiles(state, "root");
        reconciler = restarted();
    }

    /** As after a restart of the node: nothing remembered but what is on disk. */
    private GuestReconciler restarted() throws Exception {
        ImageCache images = new ImageCache(
                state,
                (image, sink) -> {
                    if (fetchFailure != null) {
                        throw fetchFailure;
                    }
                    sink.accept(sent);
                },
                () -> Long.MAX_VALUE,
                Set::of,
                clock,
                work -> Thread.ofVirtual().start(work));
        return new GuestReconciler(
                id,
                new GuestWorkshop(
                        hypervisor,
                        files,
                        images,
                        new QemuImg(),
                        LongWork.ON_THREADS,
                        new GuestCaptures(
                                state, files, hypervisor, stored, new QemuImg(), LongWork.ON_THREADS, woken::add),
                        moves,
                        new DomainDocument(new Acceleration(false, ""), "br-int", true, false),
                        PATIENCE,
                        clock,
                        reports::add,
                        woken::add));
    }

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
        clock.pass(PATIENCE);
        reconciler.step();

        assertThat(hypervisor.done).last().isEqualTo("destroy " + id);
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
        clock.pass(PATIENCE);
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
    void aRescuedGuestBootsFromAnotherDiskAndThenFromItsOwnAgain() throws Exception {
        settle(guest());
        Path own = files.directory(id).disk();
        Path rescue = files.directory(id).rescueDisk();

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setRescue(Rescue.newBuilder().setDisk(disk())));
        assertThat(rescue).exists();
        assertThat(own).exists();
        assertThat(files.basesInUse()).hasSize(1);
        assertThat(hypervisor.find(id).orElseThrow().boot()).isEqualTo(1);

        settle(guest().setGeneration(3).setBoot(2).setBootKind(BootKind.HARD));
        assertThat(rescue).doesNotExist();
        assertThat(own).exists();
        assertThat(hypervisor.done)
                .containsExactly("start " + id, "destroy " + id, "start " + id, "destroy " + id, "start " + id);
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
    void aFullDiskIsSaidInWords() throws Exception {
        hypervisor.refuse("internal error: process exited: qemu-system-x86_64: No space left on device");

        settle(guest());

        assertThat(reconciler.report().getFault())
                .isEqualTo("The host's disk is full. The server goes on as soon as there is space.");
    }

    @Test
    void aCorruptImageIsFetchedOnceMoreThenAFault() throws Exception {
        sent = new byte[] {1, 2, 3};
        settle(guest());
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.FAULTY);
        assertThat(reconciler.report().getFault()).contains("corrupt");

        sent = image;
        settle(guest());

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
    }

    @Test
    void anImageThatDoesNotComeIsAFaultThatHeals() throws Exception {
        fetchFailure = new IOException("the cloud did not send it (UNAVAILABLE)");
        settle(guest());
        assertThat(reconciler.report().getFault()).contains("image cannot be fetched");

        fetchFailure = null;
        settle(guest());

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
    void anImageLargerThanTheDiskIsAFault() throws Exception {
        image = QcowImage.ofVirtualSize(3L << 30);
        sent = image;

        settle(guest().setDisk(disk().setImageFormat("qcow2").setSizeGib(1)));

        assertThat(reconciler.report().getFault())
                .contains("needs a disk of 3 GiB")
                .contains("larger flavor");
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

    @Test
    void rebuildsTheGuestOnANewDisk() throws Exception {
        settle(guest());
        byte[] old = written(0);

        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD).setDisk(disk().setEdition(1)));

        assertThat(hypervisor.done).containsExactly("start " + id, "destroy " + id, "start " + id);
        assertThat(files.directory(id).disk(0)).doesNotExist();
        assertThat(Files.readAllBytes(files.directory(id).disk(1))).isNotEqualTo(old);
    }

    @Test
    void rebuildsAGuestThatIsOffWithoutStartingIt() throws Exception {
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.OFF));

        settle(guest().setGeneration(3).setPower(Power.OFF).setDisk(disk().setEdition(1)));

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(reconciler.report().getGeneration()).isEqualTo(3);
        assertThat(files.directory(id).disk(0)).doesNotExist();
        assertThat(files.directory(id).disk(1)).exists();
        assertThat(hypervisor.find(id)).isEmpty();
    }

    @Test
    void aResizedDiskStartsAsACopyAndTheOldOneComesBackUntouched() throws Exception {
        settle(guest().setDisk(disk().setSizeGib(1)));
        byte[] old = written(0);
        Disk.Builder grown = disk().setSizeGib(2).setEdition(1).setCopyOf(0).addKept(0);

        settle(guest().setGeneration(2).setBoot(1).setBootKind(BootKind.HARD).setDisk(grown));

        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(1), "qcow2"))
                .isEqualTo(2L << 30);
        assertThat(Files.readAllBytes(files.directory(id).disk(0))).isEqualTo(old);

        Disk.Builder back = disk().setSizeGib(1);
        settle(guest().setGeneration(3).setBoot(2).setBootKind(BootKind.HARD).setDisk(back));

        assertThat(Files.readAllBytes(files.directory(id).disk(0))).isEqualTo(old);
        assertThat(files.directory(id).disk(1)).doesNotExist();
    }

    @Test
    void theOldDiskGoesWhenTheNewSizeIsConfirmed() throws Exception {
        settle(guest().setDisk(disk().setSizeGib(1)));
        Disk.Builder grown = disk().setSizeGib(2).setEdition(1).setCopyOf(0);
        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(grown.clone().addKept(0)));
        assertThat(files.directory(id).disk(0)).exists();

        settle(guest().setGeneration(3).setBoot(1).setBootKind(BootKind.HARD).setDisk(grown));

        assertThat(files.directory(id).disk(0)).doesNotExist();
        assertThat(files.directory(id).disk(1)).exists();
        assertThat(hypervisor.done.stream().filter(("start " + id)::equals)).hasSize(2);
    }

    @Test
    void aCopyThatWasCutOffByACrashIsMadeAnew() throws Exception {
        settle(guest().setDisk(disk().setSizeGib(1)));
        Files.write(files.directory(id).path().resolve("disk-1.qcow2.next"), new byte[3]);
        reconciler = restarted();

        settle(guest().setGeneration(2)
                .setBoot(1)
                .setBootKind(BootKind.HARD)
                .setDisk(disk().setSizeGib(2).setEdition(1).setCopyOf(0).addKept(0)));

        assertThat(reconciler.report().getFault()).isEmpty();
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(1), "qcow2"))
                .isEqualTo(2L << 30);
    }

    @Test
    void aGuestThatNeverRanIsResizedOnToAFreshDisk() throws Exception {
        settle(guest().setPower(Power.OFF).setDisk(disk().setSizeGib(1)));
        assertThat(files.hasDisk(id)).isFalse();

        settle(guest().setGeneration(2)
                .setPower(Power.OFF)
                .setDisk(disk().setSizeGib(2).setEdition(1).setCopyOf(0).addKept(0)));
        assertThat(reconciler.report().getFault()).isEmpty();
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.STOPPED);
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(1), "qcow2"))
                .isEqualTo(2L << 30);

        settle(guest().setGeneration(3).setDisk(disk().setSizeGib(1))); // reverted and started
        assertThat(reconciler.report().getState()).isEqualTo(GuestState.RUNNING);
        assertThat(QcowOverlay.virtualSize(files.directory(id).disk(0), "qcow2"))
                .isEqualTo(1L << 30);
        assertThat(files.directory(id).disk(1)).doesNotExist();
    }

    @Test
    void aDiskIsNotMadeAfreshWhenOnlyTheOneToCopyIsGone() throws Exception {
        settle(guest().setPower(Power.OFF).setDisk(disk().setSizeGib(1).setEdition(1)));

        settle(guest().setGeneration(2)
                .setPower(Power.OFF)
                .setDisk(disk().setSizeGib(2).setEdition(3).setCopyOf(2).addKept(1)));

        assertThat(reconciler.report().getFault()).contains("to be a copy of");
        assertThat(files.hasDisk(id, 3)).isFalse();
    }

    @Test
    void anImageOfAGuestThatIsOffIsMadeBeforeTheGuestMayStart() throws Exception {
        Capture capture =
                Capture.newBuilder().setId(UUID.randomUUID().toString()).build();
        stored.open = new CountDownLatch(1);
        settle(guest());
        settle(guest().setGeneration(2).setPower(Power.OFF).addCaptures(capture));

        want(guest().setGeneration(3).addCaptures(capture));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            reconciler.step();
            return reconciler.report().getState() == GuestState.RUNNING;
        });
        assertThat(Files.list(state.resolve("captures")))
                .allMatch(file -> !file.toString().endsWith(".part"));
        stored.open.countDown();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stored.sizes).containsKey(capture.getId()));
        settle(guest().setGeneration(4));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(state.resolve("captures")).isEmptyDirectory());
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

    @Test
    void anImageOfAGuestThatNeverRanIsMadeOfItsFreshDisk() throws Exception {
        Capture capture =
                Capture.newBuilder().setId(UUID.randomUUID().toString()).build();
        settle(guest().setPower(Power.OFF));
        assertThat(files.hasDisk(id)).isFalse();

        settle(guest().setGeneration(2).setPower(Power.OFF).addCaptures(capture));

        assertThat(files.hasDisk(id)).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stored.sizes).containsKey(capture.getId()));
    }

    /** The bytes of a disk that the guest has written to. */
    private byte[] written(long edition) throws Exception {
        Path disk = files.directory(id).disk(edition);
        byte[] bytes = Files.readAllBytes(disk);
        bytes[bytes.length - 1] = 99;
        Files.write(disk, bytes);
        return bytes;
    }

    private void want(Guest.Builder guest) {
        reconciler.want(guest.build(), ++plan);
    }

    /** Steps until nothing is left to do or time would have to pass. */
    private void settle(Guest.Builder guest) throws Exception {
        want(guest);
        Next next = prepared(reconciler.step());
        if (next instanceof Next.After && reconciler.report().getFault().isEmpty()) {
            prepared(reconciler.step());
        }
    }

    private Next prepared(Next first) throws Exception {
        Next next = first;
        while (reconciler.report().getState() == GuestState.PREPARING && next instanceof Next.Idle) {
            assertThat(woken.poll(10, TimeUnit.SECONDS)).isEqualTo(id);
            next = reconciler.step();
        }
        return next;
    }

    private Guest.Builder guest() throws Exception {
        return Guest.newBuilder()
                .setId(id.toString())
                .setGeneration(1)
                .setPower(Power.ON)
                .setVcpus(1)
                .setMemoryMib(64)
                .setDisk(disk());
    }

    private Disk.Builder disk() throws Exception {
        return Disk.newBuilder()
                .setImageId("image")
                .setImageFormat("raw")
                .setImageSize(image.length)
                .setImageSha512(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(image)))
                .setSizeGib(1);
    }

    /** Time that passes when it is told to. */
    private static final class SteppedClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** The head of a qcow2 image, as far as its size is read. */
    private static final class QcowImage {
        static byte[] ofVirtualSize(long size) {
            return java.nio.ByteBuffer.allocate(65536)
                    .putInt(0x514649fb)
                    .putInt(3)
                    .putLong(24, size)
                    .array();
        }
    }
}
