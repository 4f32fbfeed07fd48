package dev.unkai.cloud.network.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvsdbValueTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, OvsdbValue.MANY - 1, OvsdbValue.MANY, 1_000})
    void aDifferenceOfASetTakesAwayWhoIsThereAndAddsWhoIsNotAndLeavesTheSetOfBeforeAsItWas(int number) {
        Set<Object> members = new HashSet<>();
        for (int i = 0; i < number; i++) {
            members.add(new RowId.Existing(new UUID(7, i)));
        }
        OvsdbValue before = OvsdbValue.of(members);
        RowId joins = new RowId.Existing(new UUID(8, 0));
        RowId leaves = new RowId.Existing(new UUID(7, 0));

        OvsdbValue joined = before.changedBy(OvsdbValue.of(joins));
        OvsdbValue changed = joined.changedBy(OvsdbValue.of(leaves));

        assertThat(before).isEqualTo(OvsdbValue.of(members));
        Set<Object> expected = new HashSet<>(members);
        expected.add(joins);
        assertThat(joined).isEqualTo(OvsdbValue.of(expected)).hasSameHashCodeAs(OvsdbValue.of(expected));
        if (!expected.remove(leaves)) {
            expected.add(leaves);
        }
        assertThat(changed).isEqualTo(OvsdbValue.of(expected));
    }
}
