package dev.unkai.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.LocalDisk;
import org.junit.jupiter.api.Test;

class NodeProtocolTest {
    private static final HostPlan PLAN = HostPlan.newBuilder()
            .setGeneration(7)
            .addGuests(Guest.newBuilder()
                    .setId("one")
                    .setGeneration(2)
                    .addLocalDisks(LocalDisk.newBuilder().setName("ephemeral0")))
            .addGuests(Guest.newBuilder().setId("two"))
            .build();

    @Test
    void theNewestReadsThePlanAsItCame() {
        assertThat(NodeProtocol.of(NodeProtocol.NEWEST).understood(PLAN)).isSameAs(PLAN);
    }

    @Test
    void theOneBeforeReadsOfNoDisksBesideAGuestsOwn() {
        HostPlan read = NodeProtocol.of(3).understood(PLAN);

        assertThat(read.getGeneration()).isEqualTo(7);
        assertThat(read.getGuestsList()).extracting(Guest::getId).containsExactly("one", "two");
        assertThat(read.getGuests(0).getGeneration()).isEqualTo(2);
        assertThat(read.getGuestsList()).allMatch(guest -> guest.getLocalDisksCount() == 0);
    }
}
