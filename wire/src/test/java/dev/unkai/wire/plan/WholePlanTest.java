package dev.unkai.wire.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.node.ConsoleSession;
import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import org.junit.jupiter.api.Test;

class WholePlanTest {
    private static final HostPlan BEFORE = HostPlan.newBuilder()
            .setGeneration(7)
            .addGuests(guest("a", 1))
            .addGuests(guest("b", 1))
            .addSessions(ConsoleSession.newBuilder().setId("old"))
            .build();

    @Test
    void aWholePlanTakesThePlaceOfWhateverWasBefore() {
        HostPlan whole =
                HostPlan.newBuilder().setGeneration(9).addGuests(guest("c", 1)).build();

        assertThat(WholePlan.of(null, whole)).contains(whole);
        assertThat(WholePlan.of(BEFORE, whole)).contains(whole);
    }

    @Test
    void partsChangeWhatTheyNameAndLeaveTheOtherGuestsAsTheyWere() {
        HostPlan parts = parts(7, 2).addGuests(guest("b", 2)).build();

        assertThat(WholePlan.of(BEFORE, parts))
                .contains(HostPlan.newBuilder()
                        .setGeneration(8)
                        .addGuests(guest("a", 1))
                        .addGuests(guest("b", 2))
                        .build());
    }

    @Test
    void aGuestThatLeftIsGoneAndANewOneIsThere() {
        HostPlan parts = parts(7, 2).addLeft("a").addGuests(guest("c", 1)).build();

        assertThat(WholePlan.of(BEFORE, parts).orElseThrow().getGuestsList())
                .containsExactly(guest("b", 1), guest("c", 1));
    }

    @Test
    void partsOfAnotherPlanAreNotTaken() {
        assertThat(WholePlan.of(BEFORE, parts(6, 2).build())).isEmpty();
        assertThat(WholePlan.of(null, parts(7, 2).build())).isEmpty();
    }

    @Test
    void partsThatDoNotAddUpAreNotTaken() {
        assertThat(WholePlan.of(BEFORE, parts(7, 1).build())).isEmpty();
        assertThat(WholePlan.of(BEFORE, parts(7, 3).build())).isEmpty();
    }

    private static HostPlan.Builder parts(long since, int guests) {
        return HostPlan.newBuilder().setGeneration(8).setSince(since).setGuestCount(guests);
    }

    private static Guest guest(String id, long generation) {
        return Guest.newBuilder().setId(id).setGeneration(generation).build();
    }
}
