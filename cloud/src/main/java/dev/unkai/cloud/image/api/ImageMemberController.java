package dev.unkai.cloud.image.api;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.cloud.image.store.MemberRecords.Member;
import dev.unkai.cloud.image.work.ImageSharing;
import dev.unkai.wire.token.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Image API v2: the projects that an image is shared with. */
@RestController
@RequestMapping("/image/v2/images/{id}/members")
final class ImageMemberController {
    private static final Set<String> STATUSES = Set.of("pending", "accepted", "rejected");
    private static final int LONGEST_PROJECT = 64;

    private final ImageSharing sharing;
    private final Bodies bodies;

    ImageMemberController(ImageSharing sharing, Bodies bodies) {
        this.sharing = sharing;
        this.bodies = bodies;
    }

    @Allow("image:member:create")
    @PostMapping
    Map<String, Object> offer(Caller caller, @PathVariable String id, HttpServletRequest request) {
        String member = text(bodies.read(request), "member");
        if (!member.matches("[0-9A-Za-z_-]{1," + LONGEST_PROJECT + "}")) {
            throw Refusal.invalid("member must be the id of a project.");
        }
        return ImageView.of(sharing.offer(caller, Bodies.imageId(id), member));
    }

    @Allow("image:member:list")
    @GetMapping
    Map<String, Object> list(Caller caller, @PathVariable String id) {
        List<Member> members = sharing.list(caller, Bodies.imageId(id));
        return Map.of("members", members.stream().map(ImageView::of).toList(), "schema", "/v2/schemas/members");
    }

    @Allow("image:member:show")
    @GetMapping("/{member}")
    Map<String, Object> show(Caller caller, @PathVariable String id, @PathVariable String member) {
        return ImageView.of(sharing.show(caller, Bodies.imageId(id), member));
    }

    @Allow("image:member:update")
    @PutMapping("/{member}")
    Map<String, Object> answer(
            Caller caller, @PathVariable String id, @PathVariable String member, HttpServletRequest request) {
        String status = text(bodies.read(request), "status");
        if (!STATUSES.contains(status)) {
            throw Refusal.invalid("status must be pending, accepted or rejected.");
        }
        return ImageView.of(sharing.answer(caller, Bodies.imageId(id), member, status));
    }

    @Allow("image:member:delete")
    @DeleteMapping("/{member}")
    ResponseEntity<Void> withdraw(Caller caller, @PathVariable String id, @PathVariable String member) {
        sharing.withdraw(caller, Bodies.imageId(id), member);
        return ResponseEntity.noContent().build();
    }

    private static String text(JsonNode body, String key) {
        JsonNode value = body.isObject() ? body.get(key) : null;
        if (value == null || !value.isString()) {
            throw Refusal.invalid("The request body must be an object with the text \"" + key + "\".");
        }
        return value.stringValue();
    }
}
