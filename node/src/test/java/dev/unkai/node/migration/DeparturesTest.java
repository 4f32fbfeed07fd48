package dev.unkai.node.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unkai.node.LongWork;
import dev.unkai.node.guest.GuestFiles;
import dev.unkai.node.host.QemuImg;
import dev.unkai.node.hypervisor.FakeHypervisor;
import dev.unkai.wire.node.Departure;
import dev.unkai.wire.node.DepartureReport;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.Power;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running guest leaves for another host, and its hypervisor says that it failed: who has it now is for the target to say. */
class DeparturesTest {
    private final UUID id = UUID.randomUUID();
    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final Target target = new Target();
    private Departures departures;

    @BeforeEach
    void setUp(@TempDir Path state) throws IOException {
        GuestFiles files = new GuestFiles(state, "root");
        files.makeDirectory(files.directory(id));
        hypervisor.run(id);
        hypervisor.loseAnswers();
        departures = new Departures(new Departures.Tools(
                files,
                hypervisor,
                (departure, guest) -> target,
                new QemuImg(),
                LongWork.ON_THREADS,
                false,
                guest -> {}));
    }

    @Test
    void aGuestThatCameWhileTheAnswerWasLostHasDepartedAndIsHandedOver() {
        target.whole = true;

        DepartureReport ended = ended();

        assertThat(ended.getFailure()).isEmpty();
        assertThat(ended.getDeparted()).isTrue();
        assertThat(departures.departed(id)).isEqualTo("1");
        assertThat(target.asked).containsExactly(Channel.BEGIN, Channel.STATUS, Channel.HANDOVER);
    }

    @Test
    void aGuestThatIsNowhereWholeHasNotDepartedAndTheReasonIsTold() {
        DepartureReport ended = ended();

        assertThat(ended.getFailure()).contains("End of file while reading data");
        assertThat(ended.getDeparted()).isFalse();
        assertThat(departures.departed(id)).isEmpty();
        assertThat(target.asked).containsExactly(Channel.BEGIN, Channel.STATUS);
    }

    private DepartureReport ended() {
        Guest guest = Guest.newBuilder()
                .setId(id.toString())
                .setPower(Power.ON)
                .setDeparture(Departure.newBuilder().setAttempt("1"))
                .build();
        departures.depart(guest, true);
        await().until(() -> !departures.isUnderWay(id));
        return departures.report(id).orElseThrow();
    }

    /** The node at the other end. */
    private static final class Target implements MigrationPeer {
        private final List<Channel> asked = new CopyOnWriteArrayList<>();
        private volatile boolean whole;

        @Override
        public String ask(Channel channel) {
            asked.add(channel);
            return channel == Channel.STATUS && !whole ? "incomplete" : PeerConnection.OK;
        }

        @Override
        public void send(String name, InputStream bytes, long size, LongConsumer progress) {
            throw new AssertionError("no disk goes apart from a running guest");
        }

        @Override
        public Way way() {
            return new Way() {
                @Override
                public String control() {
                    return "control";
                }

                @Override
                public String memory() {
                    return "memory";
                }

                @Override
                public String blocks() {
                    return "blocks";
                }

                @Override
                public void close() {
                    // nothing was opened
                }
            };
        }
    }
}
