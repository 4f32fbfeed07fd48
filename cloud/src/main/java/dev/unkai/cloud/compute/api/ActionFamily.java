package dev.unkai.cloud.compute.api;

import dev.unkai.wire.token.Caller;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Some of the actions of {@code POST /servers/{id}/action} that belong together, by their names in the request. */
interface ActionFamily {
    Map<String, Action> actions();

    /** What to do; answers the body of the response, or null for 202 without one. */
    @FunctionalInterface
    interface Action {
        @Nullable
        Object act(ActionRequest request);
    }

    /** @param body the whole body, which has only the field {@code name} */
    record ActionRequest(Caller caller, Microversion version, UUID server, String name, Fields body) {
        /** The action's arguments, which must be an object. */
        Fields arguments() {
            return body.object(name);
        }
    }

    /** An action without arguments or answer. */
    static Action plain(Plain plain) {
        return request -> {
            plain.act(request.caller(), request.server());
            return null;
        };
    }

    /** Takes only who and which. */
    @FunctionalInterface
    interface Plain {
        void act(Caller caller, UUID server);
    }
}
