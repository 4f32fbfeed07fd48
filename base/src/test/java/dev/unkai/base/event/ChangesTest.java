package dev.unkai.base.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unkai.base.event.Changes.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Unrecorded
    private record Stamp(Instant updatedAt, long revision) {}

    private record Gateway(String networkId, boolean snat) {}

    private record Thing(
            String id,
            String name,
            boolean adminStateUp,
            List<String> tags,
            Map<String, String> metadata,
            @Nullable Gateway gateway,
            Optional<String> note,
            @Confidential @Nullable String userData,
            Stamp stamp) {}

    private record Opaque(byte[] bytes) {}

    private static Thing thing(String name, @Nullable Gateway gateway, @Nullable String userData, long revision) {
        return new Thing(
                "1",
                name,
                true,
                List.of("a", "b"),
                Map.of("role", name),
                gateway,
                Optional.empty(),
                userData,
                new Stamp(Instant.EPOCH, revision));
    }

    @Test
    void whatDiffersIsToldFieldByFieldInTheSpellingOfTheApi() {
        Changes changes = Changes.between(thing("old", null, null, 1), thing("new", new Gateway("n", true), null, 2));

        assertThat(changes.all())
                .containsExactly(
                        new Change("name", "old", "new", false),
                        new Change("metadata.role", "old", "new", false),
                        new Change("gateway.network_id", null, "n", false),
                        new Change("gateway.snat", null, "true", false));
    }

    @Test
    void whatIsConfidentialIsSaidToHaveChangedAndNoMore() {
        Changes changes = Changes.between(thing("n", null, "first secret", 1), thing("n", null, "second secret", 1));

        assertThat(changes.all()).containsExactly(new Change("user_data", null, null, true));
        assertThat(changes.toString()).doesNotContain("secret");
        assertThat(Changes.made(thing("n", null, "first secret", 1)).toString()).doesNotContain("first secret");
        assertThat(Changes.of("things", List.of(), List.of(thing("n", null, "first secret", 1)))
                        .toString())
                .contains("name=n")
                .doesNotContain("first secret");
    }

    @Test
    void aTypeThatIsNotKnownToBeHarmlessIsRefused() {
        assertThatThrownBy(() -> Changes.made(new Opaque(new byte[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void aLongValueIsCutAndSaysSo() {
        Change change = Changes.of("description", "", "x".repeat(5_000)).all().getFirst();

        assertThat(change.before()).isNull();
        assertThat(change.after()).hasSizeLessThan(2_020).endsWith("… (5000)");
    }

    @Test
    void aNewThingTellsAllThatItHasAndAGoneOneAllThatItHad() {
        assertThat(Changes.made(thing("n", null, null, 1)).all())
                .extracting(Change::field)
                .containsExactly("name", "admin_state_up", "tags", "metadata.role");
        assertThat(Changes.gone(thing("n", null, null, 1)).all())
                .allSatisfy(change -> assertThat(change.after()).isNull());
        assertThat(Changes.between(thing("n", null, null, 1), thing("n", null, null, 9))
                        .isEmpty())
                .isTrue();
    }
}
