package dev.unkai.cloud.image.metadef;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.image.metadef.Item.Kind;
import dev.unkai.wire.event.CadfEvent;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Who reads and who writes definitions: operators write, everybody reads what is public or the own project's. */
@Component
final class Metadefs {
    private static final int MOST_ITEMS = 1_000;
    private static final String TYPE = "image/metadef";

    private final Transactions transactions;
    private final MetadefRecords records;
    private final Clock clock;

    Metadefs(Transactions transactions, MetadefRecords records, Clock clock) {
        this.transactions = transactions;
        this.records = records;
        this.clock = clock;
    }

    /** A namespace with all that is in it. */
    record Whole(
            Namespace namespace,
            List<Item> objects,
            List<Item> properties,
            List<Item> tags,
            List<Item> resourceTypes) {}

    /** A namespace with the resource types it is meant for, as lists show it. */
    record Listed(Namespace namespace, List<Item> resourceTypes) {}

    List<Listed> list(
            Caller caller,
            @Nullable String visibility,
            List<String> resourceTypes,
            @Nullable String marker,
            int limit) {
        return transactions.asCaller(caller, db -> {
            Namespace after = marker == null ? null : require(db, marker);
            return records.namespaces(db, visibility, resourceTypes, after, limit).stream()
                    .map(one -> new Listed(one, records.items(db, one.name(), Kind.RESOURCE_TYPE)))
                    .toList();
        });
    }

    Whole show(Caller caller, String name) {
        return transactions.asCaller(caller, db -> whole(db, require(db, name)));
    }

    private Whole whole(Db db, Namespace namespace) {
        String name = namespace.name();
        return new Whole(
                namespace,
                records.items(db, name, Kind.OBJECT),
                records.items(db, name, Kind.PROPERTY),
                records.items(db, name, Kind.TAG),
                records.items(db, name, Kind.RESOURCE_TYPE));
    }

    /** @param contents what is in it from the start, by kind */
    Whole create(Caller caller, Namespace wanted, Map<Kind, List<Definition>> contents) {
        return transactions.asCaller(caller, db -> {
            if (!records.insert(db, wanted)) {
                throw Refusal.conflict("The metadata definition namespace=" + wanted.name() + " already exists.");
            }
            contents.forEach((kind, definitions) ->
                    definitions.forEach(definition -> insert(db, wanted.name(), kind, definition)));
            record(db, caller, "create", wanted, Changes.made(wanted));
            return whole(db, require(db, wanted.name()));
        });
    }

    Namespace update(Caller caller, String name, Function<Namespace, Namespace> change) {
        return transactions.asCaller(caller, db -> {
            Namespace before = hold(db, name);
            Namespace fresh = change.apply(before);
            if (!fresh.name().equals(name)
                    && records.namespace(db, fresh.name()).isPresent()) {
                throw Refusal.conflict("Invalid update. It would result in a duplicate metadata definition namespace"
                        + " with the same name of " + fresh.name());
            }
            records.update(db, name, fresh);
            record(db, caller, "update", fresh, Changes.between(before, fresh));
            return require(db, fresh.name());
        });
    }

    void delete(Caller caller, String name) {
        transactions.doAsCaller(caller, db -> {
            Namespace namespace = hold(db, name);
            if (namespace.isProtected()) {
                throw Refusal.forbidden(
                        "Metadata definition namespace " + name + " is protected and cannot be deleted.");
            }
            record(db, caller, "delete", namespace, Changes.gone(namespace));
            records.deleteNamespace(db, name);
        });
    }

    List<Item> items(Caller caller, String namespace, Kind kind) {
        return transactions.asCaller(caller, db -> {
            require(db, namespace);
            return records.items(db, namespace, kind);
        });
    }

    Item item(Caller caller, String namespace, Kind kind, String name) {
        return transactions.asCaller(caller, db -> {
            require(db, namespace);
            return present(db, namespace, kind, name);
        });
    }

    Item add(Caller caller, String namespace, Kind kind, Definition definition) {
        return transactions.asCaller(caller, db -> {
            Namespace held = hold(db, namespace);
            insert(db, namespace, kind, definition);
            record(db, caller, "update", held, told(kind, definition.name(), null, definition.body()));
            return present(db, namespace, kind, definition.name());
        });
    }

    Item change(Caller caller, String namespace, Kind kind, String name, Definition definition) {
        return transactions.asCaller(caller, db -> {
            Namespace held = hold(db, namespace);
            Item before = present(db, namespace, kind, name);
            if (!definition.name().equals(name)
                    && records.item(db, namespace, kind, definition.name()).isPresent()) {
                throw duplicate(namespace, kind, definition.name());
            }
            records.update(db, namespace, kind, name, definition);
            record(
                    db,
                    caller,
                    "update",
                    held,
                    Changes.of(kind.wireName(), name, definition.name())
                            .and(told(kind, definition.name(), before.body(), definition.body())));
            return present(db, namespace, kind, definition.name());
        });
    }

    void remove(Caller caller, String namespace, Kind kind, String name) {
        transactions.doAsCaller(caller, db -> {
            Namespace held = hold(db, namespace);
            Item before = present(db, namespace, kind, name);
            refuseProtected(held, kind, name);
            records.delete(db, namespace, kind, name);
            record(db, caller, "update", held, told(kind, name, before.body(), null));
        });
    }

    void removeAll(Caller caller, String namespace, Kind kind) {
        transactions.doAsCaller(caller, db -> {
            Namespace held = hold(db, namespace);
            refuseProtected(held, kind, "*");
            List<String> before = names(db, namespace, kind);
            records.deleteAll(db, namespace, kind);
            record(db, caller, "update", held, Changes.of(kind.wireName(), before, null));
        });
    }

    /** Tags are put in one go, in the place of those that are there or beside them. */
    List<Item> putTags(Caller caller, String namespace, List<Definition> tags, boolean beside) {
        return transactions.asCaller(caller, db -> {
            Namespace held = hold(db, namespace);
            List<String> before = names(db, namespace, Kind.TAG);
            if (!beside) {
                records.deleteAll(db, namespace, Kind.TAG);
            }
            List<String> names = new ArrayList<>();
            tags.forEach(tag -> {
                insert(db, namespace, Kind.TAG, tag);
                names.add(tag.name());
            });
            record(db, caller, "update", held, Changes.of("tags", before, names(db, namespace, Kind.TAG)));
            return records.items(db, namespace, Kind.TAG).stream()
                    .filter(item -> names.contains(item.name()))
                    .toList();
        });
    }

    List<MetadefRecords.ResourceType> resourceTypes(Caller caller) {
        return transactions.asCaller(caller, records::resourceTypes);
    }

    private void insert(Db db, String namespace, Kind kind, Definition definition) {
        if (records.count(db, namespace) >= MOST_ITEMS) {
            throw Refusal.tooLarge("A namespace may have " + MOST_ITEMS + " definitions.");
        }
        if (kind == Kind.RESOURCE_TYPE) {
            records.addResourceType(db, definition.name());
        }
        if (!records.insert(db, namespace, kind, definition)) {
            throw duplicate(namespace, kind, definition.name());
        }
    }

    private Namespace require(Db db, String name) {
        return records.namespace(db, name).orElseThrow(() -> absent(name));
    }

    private Namespace hold(Db db, String name) {
        return records.lock(db, name).orElseThrow(() -> absent(name));
    }

    private Item present(Db db, String namespace, Kind kind, String name) {
        return records.item(db, namespace, kind, name)
                .orElseThrow(() -> Refusal.notFound("The metadata definition " + kind.wireName() + " with name=" + name
                        + " was not found in namespace=" + namespace + "."));
    }

    private static Refusal absent(String name) {
        return Refusal.notFound("Metadata definition namespace=" + name + " was not found.");
    }

    private static Refusal duplicate(String namespace, Kind kind, String name) {
        return Refusal.conflict("A metadata definition " + kind.wireName() + " with name=" + name
                + " already exists in namespace=" + namespace + ".");
    }

    private static void refuseProtected(Namespace namespace, Kind kind, String name) {
        if (namespace.isProtected()) {
            throw Refusal.forbidden(
                    "Metadata definition " + kind.wireName() + " " + name + " is protected and cannot be deleted.");
        }
    }

    private void record(Db db, Caller caller, String action, Namespace namespace, Changes changes) {
        db.record(CadfEvent.by(
                        caller,
                        action,
                        new CadfEvent.Target(namespace.name(), TYPE, namespace.name(), namespace.owner()),
                        clock.instant())
                .with(changes));
    }

    private List<String> names(Db db, String namespace, Kind kind) {
        return records.items(db, namespace, kind).stream().map(Item::name).toList();
    }

    private static Changes told(Kind kind, String name, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        return Changes.of(
                kind.wireName() + "." + name,
                before == null ? null : before.toString(),
                after == null ? null : after.toString());
    }
}
