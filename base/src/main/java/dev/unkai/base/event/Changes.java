package dev.unkai.base.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was changed, field by field, for the event of the change. Values are what domain records hold: their fields are found by type, and what is
 * {@link Confidential} there never becomes text. A type that is not known to be harmless is refused rather than written.
 *
 * @param all in the order of the fields; what stayed as it was is not in it
 */
public record Changes(List<Change> all) {
    /** Nothing. */
    public static final Changes NONE = new Changes(List.of());

    public Changes {
        all = List.copyOf(all);
    }

    /**
     * One field's change.
     *
     * @param field in the API's spelling, a dot before what is inside another: {@code gateway.network_id}
     * @param before null where it had none, or where it is confidential
     * @param after null where it has none now, or where it is confidential
     */
    public record Change(
            String field, @Nullable String before, @Nullable String after, boolean confidential) {}

    /** What differs between two states of a thing, each a record. */
    public static <T extends Record> Changes between(T before, T after) {
        return of(RecordFields.of(before), RecordFields.of(after));
    }

    /** A new thing: all that it has. */
    public static Changes made(Record thing) {
        return of(Map.of(), RecordFields.of(thing));
    }

    /** A thing that is no more: all that it had. */
    public static Changes gone(Record thing) {
        return of(RecordFields.of(thing), Map.of());
    }

    /** A field that stands in no record; the values are of the types that a record's field may have, a map's entries are fields of their own. */
    public static Changes of(String field, @Nullable Object before, @Nullable Object after) {
        return of(RecordFields.one(field, before), RecordFields.one(field, after));
    }

    /** The entries of two maps, each a field. */
    public static Changes entries(Map<String, ?> before, Map<String, ?> after) {
        return of(RecordFields.entries(before), RecordFields.entries(after));
    }

    /** A field that was set anew, whose values nobody may read. */
    public static Changes confidential(String field) {
        return new Changes(List.of(new Change(field, null, null, true)));
    }

    public Changes and(Changes others) {
        List<Change> both = new ArrayList<>(all);
        both.addAll(others.all);
        return new Changes(both);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    private static Changes of(Map<String, RecordFields.Field> before, Map<String, RecordFields.Field> after) {
        Map<String, Change> changes = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            RecordFields.Field old = before.getOrDefault(name, RecordFields.Field.ABSENT);
            RecordFields.Field fresh = after.getOrDefault(name, RecordFields.Field.ABSENT);
            if (!Objects.equals(old.value(), fresh.value())) {
                boolean hidden = old.confidential() || fresh.confidential();
                changes.put(name, new Change(name, hidden ? null : old.text(), hidden ? null : fresh.text(), hidden));
            }
        }
        return new Changes(new ArrayList<>(changes.values()));
    }
}
