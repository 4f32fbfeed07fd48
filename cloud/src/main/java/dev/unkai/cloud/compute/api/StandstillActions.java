package dev.unkai.cloud.compute.api;

import dev.unkai.cloud.compute.ServerDeletion;
import dev.unkai.cloud.compute.ServerPauses;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Actions that let a server stand still or bring it back: pause, suspend, deletion that can be undone. */
@Component
class StandstillActions implements ActionFamily {
    private final ServerPauses pauses;
    private final ServerDeletion deletion;

    StandstillActions(ServerPauses pauses, ServerDeletion deletion) {
        this.pauses = pauses;
        this.deletion = deletion;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(
                "pause", ActionFamily.plain(pauses::pause),
                "unpause", ActionFamily.plain(pauses::unpause),
                "suspend", ActionFamily.plain(pauses::suspend),
                "resume", ActionFamily.plain(pauses::resume),
                "restore", ActionFamily.plain(deletion::restore),
                "forceDelete", ActionFamily.plain(deletion::deleteNow));
    }
}
