package dev.unkai.cloud.image.work;

import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.base.event.Changes;
import dev.unkai.cloud.image.store.Image;
import dev.unkai.cloud.image.store.Image.Visibility;
import dev.unkai.cloud.image.store.MemberRecords;
import dev.unkai.cloud.image.store.MemberRecords.Member;
import dev.unkai.wire.token.Caller;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Offers shared images to other projects; the owner offers and withdraws, the member accepts or rejects. */
@Component
public final class ImageSharing {
    private static final int MOST_MEMBERS = 128;

    private final Transactions transactions;
    private final ImageCatalog catalog;
    private final MemberRecords members;
    private final ImageEvents events;

    public ImageSharing(Transactions transactions, ImageCatalog catalog, MemberRecords members, ImageEvents events) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.members = members;
        this.events = events;
    }

    public Member offer(Caller caller, UUID imageId, String member) {
        return events.attempt(caller, "share", imageId, db -> {
            Image image = catalog.requireOwn(db, caller, imageId);
            if (image.attributes().visibility() != Visibility.SHARED) {
                throw Refusal.forbidden("Only images with the visibility shared have members.");
            }
            if (members.count(db, imageId) >= MOST_MEMBERS) {
                throw Refusal.tooLarge("An image can be shared with at most " + MOST_MEMBERS + " projects.");
            }
            if (!members.insert(db, imageId, image.owner(), member)) {
                throw Refusal.conflict("Image " + imageId + " is shared with project " + member + " already.");
            }
            events.changed(db, caller, "share", image, Map.of("member", member), Changes.of("member", null, member));
            return require(db, imageId, member);
        });
    }

    public List<Member> list(Caller caller, UUID imageId) {
        return transactions.asCaller(caller, db -> {
            Image image = catalog.require(db, imageId);
            if (image.attributes().visibility() != Visibility.SHARED) {
                throw Refusal.forbidden("Only images with the visibility shared have members.");
            }
            return members.list(db, imageId);
        });
    }

    public Member show(Caller caller, UUID imageId, String member) {
        return transactions.asCaller(caller, db -> {
            if (catalog.require(db, imageId).attributes().visibility() != Visibility.SHARED) {
                throw Refusal.notFound("Only shared images have members.");
            }
            return require(db, imageId, member);
        });
    }

    /** @param status pending, accepted or rejected */
    public Member answer(Caller caller, UUID imageId, String member, String status) {
        return events.attempt(caller, "share", imageId, db -> {
            Image image = catalog.require(db, imageId);
            if (image.attributes().visibility() != Visibility.SHARED) {
                throw Refusal.forbidden("Only images with the visibility shared have members.");
            }
            if (image.owner().equals(caller.project()) && !caller.isAdmin()) {
                throw Refusal.forbidden("Not allowed to update members for image " + imageId
                        + ": the project that it is offered to answers, not its owner.");
            }
            Member before = require(db, imageId, member);
            if (!member.equals(caller.project()) && !caller.isAdmin()) {
                throw Refusal.forbidden("Only the project that an image is offered to can accept or reject it.");
            }
            members.answer(db, imageId, member, status);
            events.changed(
                    db,
                    caller,
                    "share",
                    image,
                    Map.of("member", member, "status", status),
                    Changes.of("member_status", before.status(), status));
            return require(db, imageId, member);
        });
    }

    public void withdraw(Caller caller, UUID imageId, String member) {
        events.<@Nullable Void>attempt(caller, "unshare", imageId, db -> {
            Image image = catalog.requireOwn(db, caller, imageId);
            if (!members.delete(db, imageId, member)) {
                throw notMember(imageId, member);
            }
            events.changed(db, caller, "unshare", image, Map.of("member", member), Changes.of("member", member, null));
            return null;
        });
    }

    private Member require(Db db, UUID imageId, String member) {
        return members.find(db, imageId, member).orElseThrow(() -> notMember(imageId, member));
    }

    private static Refusal notMember(UUID imageId, String member) {
        return Refusal.notFound("Project " + member + " is not a member of image " + imageId + ".");
    }
}
