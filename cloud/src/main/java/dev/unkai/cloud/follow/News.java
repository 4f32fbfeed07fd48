package dev.unkai.cloud.follow;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What waits to be told to one reader: each thing once, and of a kind with very many of them only that it has changed. Of bounded size. Not thread-safe. */
final class News {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Ids of one kind; beyond it, any of them. */
    private static final int MOST_IDS = 100;

    private final Map<ChangeKind, Set<String>> ids = new EnumMap<>(ChangeKind.class);
    private boolean everything;

    void add(Change change) {
        Set<String> known = ids.computeIfAbsent(change.kind(), _ -> new LinkedHashSet<>());
        if (known.contains("")) {
            return;
        }
        if (change.id().isEmpty() || known.size() == MOST_IDS) {
            known.clear();
            known.add("");
        } else {
            known.add(change.id());
        }
    }

    /** Something was perhaps not heard of: whatever is shown may be old. */
    void addEverything() {
        everything = true;
    }

    boolean isEmpty() {
        return ids.isEmpty() && !everything;
    }

    /** The events to send, in the form of server-sent events (HTML Living Standard, section 9.2); nothing waits any more. */
    String take(long number) {
        StringBuilder text = new StringBuilder();
        if (everything) {
            text.append("id: ").append(number).append("\nevent: everything\ndata: {}\n\n");
        } else if (!ids.isEmpty()) {
            text.append("id: ")
                    .append(number)
                    .append("\nevent: changes\ndata: ")
                    .append(JSON.writeValueAsString(changes()))
                    .append("\n\n");
        }
        everything = false;
        ids.clear();
        return text.toString();
    }

    private ArrayNode changes() {
        ArrayNode list = JSON.createArrayNode();
        ids.forEach((kind, things) -> things.forEach(id -> {
            ObjectNode change = list.addObject().put("kind", kind.wireName());
            if (!id.isEmpty()) {
                change.put("id", id);
            }
        }));
        return list;
    }
}
