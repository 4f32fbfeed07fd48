package dev.unkai.base.event;

import org.jspecify.annotations.Nullable;

/** Something that happened, ready to be stored beside the change that it tells of. */
public interface OutboxEvent {
    /** The event as one JSON object; holds no secret. */
    String json();

    /** The project whose history shows it; null when only the provider sees it. */
    @Nullable
    String projectId();
}
