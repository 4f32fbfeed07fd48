package dev.unkai.cloud.network.domain;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.network.store.AddressGroup;
import dev.unkai.cloud.network.store.AddressGroupStore;
import dev.unkai.cloud.network.store.OvnMarks;
import dev.unkai.cloud.network.store.OvnMarks.Kind;
import dev.unkai.cloud.network.store.RbacPolicy;
import dev.unkai.wire.token.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Makes, changes and deletes address groups; all rules that name one follow it at once. */
@Component
public class AddressGroups {
    private static final int MOST = 1_000;

    private final AddressGroupStore store;
    private final Sharing sharing;
    private final OvnMarks marks;
    private final Trail trail;

    public AddressGroups(AddressGroupStore store, Sharing sharing, OvnMarks marks, Trail trail) {
        this.store = store;
        this.sharing = sharing;
        this.marks = marks;
        this.trail = trail;
    }

    public AddressGroup get(Db db, UUID id) {
        return store.listing
                .find(db, id)
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "AddressGroupNotFound",
                        "Address group " + id + " could not be found."));
    }

    public AddressGroup create(Db db, Caller caller, AddressGroup wanted) {
        store.insert(db, wanted);
        marks.raise(db, Kind.ADDRESS_GROUP, wanted.id());
        trail.record(
                db,
                caller,
                "create",
                "address-group",
                wanted.id(),
                wanted.name(),
                wanted.project(),
                Changes.made(wanted));
        return get(db, wanted.id());
    }

    public AddressGroup update(Db db, Caller caller, UUID id, UnaryOperator<AddressGroup> change) {
        get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYoursToChange("Address group", id);
        }
        AddressGroup before = get(db, id);
        AddressGroup after = change.apply(before);
        store.update(db, after);
        trail.record(
                db,
                caller,
                "update",
                "address-group",
                id,
                after.name(),
                after.project(),
                Changes.between(before, after));
        return get(db, id);
    }

    public AddressGroup add(Db db, Caller caller, UUID id, List<String> more) {
        AddressGroup group = owned(db, id);
        List<String> known = more.stream().filter(group.addresses()::contains).toList();
        if (!known.isEmpty()) {
            throw Refusals.invalid(
                    "AddressesAlreadyExist",
                    "Addresses " + String.join(", ", known) + " already exist in the address group " + id + ".");
        }
        List<String> all = new ArrayList<>(group.addresses());
        all.addAll(more);
        if (all.size() > MOST) {
            throw Refusals.field("addresses", "An address group has at most " + MOST + " entries.");
        }
        return write(db, caller, group, all);
    }

    public AddressGroup remove(Db db, Caller caller, UUID id, List<String> less) {
        AddressGroup group = owned(db, id);
        List<String> unknown =
                less.stream().filter(one -> !group.addresses().contains(one)).toList();
        if (!unknown.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND,
                    "AddressesNotFound",
                    "Addresses " + String.join(", ", unknown) + " not found in the address group " + id + ".");
        }
        return write(
                db,
                caller,
                group,
                group.addresses().stream().filter(one -> !less.contains(one)).toList());
    }

    public void delete(Db db, Caller caller, UUID id) {
        AddressGroup group = owned(db, id);
        if (store.inUse(db, id)) {
            throw Refusals.conflict(
                    "AddressGroupInUse", "Address group " + id + " is in use on one or more security group rules.");
        }
        sharing.forget(db, RbacPolicy.ADDRESS_GROUP, id);
        store.delete(db, id);
        marks.raise(db, Kind.ADDRESS_GROUP, id);
        trail.record(db, caller, "delete", "address-group", id, group.name(), group.project(), Changes.gone(group));
    }

    private AddressGroup write(Db db, Caller caller, AddressGroup group, List<String> addresses) {
        store.update(
                db,
                new AddressGroup(
                        group.id(),
                        group.project(),
                        group.name(),
                        group.description(),
                        group.shared(),
                        addresses,
                        group.tags(),
                        group.stamp()));
        marks.raise(db, Kind.ADDRESS_GROUP, group.id());
        trail.record(
                db,
                caller,
                "update",
                "address-group",
                group.id(),
                group.name(),
                group.project(),
                Changes.of("addresses", group.addresses(), addresses));
        return get(db, group.id());
    }

    private AddressGroup owned(Db db, UUID id) {
        AddressGroup group = get(db, id);
        if (!store.lock(db, id)) {
            throw Refusals.notYours("Address group", id);
        }
        return get(db, group.id());
    }
}
