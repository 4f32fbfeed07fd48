package dev.unkai.wire.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.GuestState;
import dev.unkai.wire.node.HostReport;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToldGuestsTest {
    private static final GuestReport A = guest("a", GuestState.RUNNING);
    private static final GuestReport B = guest("b", GuestState.STOPPED);

    private final ToldGuests host = new ToldGuests();
    private final ToldGuests cloud = new ToldGuests();

    @Test
    void aReportInWhichNothingIsNewNamesNoGuestAndIsUnderstoodAsTheOneBefore() {
        assertThat(sent(5, A, B)).isEqualTo(report(5, A, B));
        HostReport second = sent(6, A, B);

        assertThat(second.getGuestsList()).isEmpty();
        assertThat(second.getPlanGeneration()).isEqualTo(6);
        assertThat(cloud.tell(second)).containsExactly(A, B);
    }

    @Test
    void whatIsNewOrGoneIsToldWhole() {
        sent(5, A, B);
        GuestReport stopped = guest("a", GuestState.STOPPED);

        assertThat(sent(5, stopped, B).getGuestsList()).containsExactly(stopped, B);
        assertThat(sent(5, B).getGuestsList()).containsExactly(B);
        assertThat(sent(5).getAsTold()).isFalse();
        assertThat(sent(5).getAsTold()).isTrue();
    }

    @Test
    void aGuestToldOnItsOwnIsNotToldAgain() {
        sent(5, A);
        GuestReport paused = guest("a", GuestState.PAUSED);
        for (ToldGuests each : List.of(host, cloud)) {
            each.tell(paused);
            each.tell(B);
        }

        HostReport next = sent(5, paused, B);
        assertThat(next.getAsTold()).isTrue();
        assertThat(cloud.tell(next)).containsExactly(paused, B);
    }

    @Test
    void aReportThatSaysLessThanWasToldMeanwhileIsToldWhole() {
        sent(5, A);
        host.tell(guest("a", GuestState.PAUSED));

        assertThat(sent(5, A).getGuestsList()).containsExactly(A);
    }

    @Test
    void oneReportInTwelveNamesTheGuestsWhateverIsRemembered() {
        List<Boolean> asTold =
                IntStream.range(0, 25).mapToObj(n -> sent(5, A).getAsTold()).toList();

        assertThat(asTold.subList(1, 12)).containsOnly(true);
        assertThat(IntStream.of(0, 12, 24).mapToObj(asTold::get)).containsOnly(false);
    }

    private HostReport sent(long generation, GuestReport... guests) {
        HostReport sent = host.shortened(report(generation, guests));
        host.tell(sent);
        cloud.tell(sent);
        return sent;
    }

    private static HostReport report(long generation, GuestReport... guests) {
        return HostReport.newBuilder()
                .setPlanGeneration(generation)
                .addAllGuests(List.of(guests))
                .build();
    }

    private static GuestReport guest(String id, GuestState state) {
        return GuestReport.newBuilder().setGuestId(id).setState(state).build();
    }
}
