package dev.unkai.identity.catalog;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.identity.access.Rights;
import dev.unkai.identity.api.ApiErrors;
import dev.unkai.identity.api.Extra;
import dev.unkai.identity.api.Texts;
import dev.unkai.identity.catalog.RegionStore.Region;
import dev.unkai.identity.event.History;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Regions: operators make and change them; the site's own follows the configuration. */
@Component
public final class Regions {
    private final Transactions transactions;
    private final RegionStore regions;
    private final Rights rights;
    private final History history;
    private final Ids ids;

    public Regions(Transactions transactions, RegionStore regions, Rights rights, History history, Ids ids) {
        this.transactions = transactions;
        this.regions = regions;
        this.rights = rights;
        this.history = history;
        this.ids = ids;
    }

    public List<Region> list(Caller caller, @Nullable String parentId) {
        return transactions.asCaller(caller, db -> regions.list(db, parentId));
    }

    public Region show(Caller caller, String id) {
        return transactions.asCaller(caller, db -> present(db, id));
    }

    /** What a new region shall be; without an id we give one. */
    public record Wanted(
            @Nullable String id,
            String description,
            @Nullable String parentId,
            Extra extra) {}

    public Region create(Caller caller, Wanted wanted) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            String id = wanted.id() == null || wanted.id().isEmpty() ? ids.nextHex() : wanted.id();
            if (regions.byId(db, id).isPresent()) {
                throw Refusal.conflict("A region with the ID " + Texts.shown(id) + " is there already.");
            }
            Region region = new Region(id, wanted.description(), wanted.parentId(), false, wanted.extra());
            checkParent(db, region);
            regions.put(db, region);
            history.record(db, caller, "create", thing(region), Changes.made(region));
            return region;
        });
    }

    public Region update(Caller caller, String id, UnaryOperator<Region> change) {
        return transactions.asCaller(caller, db -> {
            rights.of(db, caller).toChange();
            Region old = present(db, id);
            Region fresh = change.apply(old);
            checkParent(db, fresh);
            regions.put(db, fresh);
            history.record(db, caller, "update", thing(fresh), Changes.between(old, fresh));
            return fresh;
        });
    }

    public void delete(Caller caller, String id) {
        transactions.doAsCaller(caller, db -> {
            rights.of(db, caller).toChange();
            present(db, id);
            List<Region> branch = regions.branch(db, id);
            if (branch.stream().anyMatch(Region::own)
                    || regions.hasEndpoints(db, branch.stream().map(Region::id).toList())) {
                throw Refusal.forbidden("Unable to delete region " + Texts.shown(id)
                        + " because it or its child regions have associated endpoints.");
            }
            branch.forEach(region -> history.record(db, caller, "delete", thing(region)));
            regions.delete(db, id);
        });
    }

    private Region present(Db db, String id) {
        return regions.byId(db, id).orElseThrow(() -> ApiErrors.absent("region", id));
    }

    private void checkParent(Db db, Region region) {
        String parent = region.parentId();
        if (parent == null) {
            return;
        }
        if (!parent.equals(region.id())) {
            present(db, parent);
        }
        if (parent.equals(region.id())
                || regions.branch(db, region.id()).stream()
                        .anyMatch(below -> below.id().equals(parent))) {
            throw Refusal.invalid("The parent of a region cannot be the region itself or one below it.");
        }
    }

    private static History.Thing thing(Region region) {
        return new History.Thing("region", region.id(), region.id(), null, null);
    }
}
