package dev.unkai.cloud.compute.api;

import dev.unkai.base.Refusal;
import dev.unkai.cloud.compute.AdminPassword;
import dev.unkai.cloud.compute.ServerRescue;
import dev.unkai.cloud.compute.Servers;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rescue, and what needs an agent in the guest, which the reference refuses like this where there is none. */
@Component
class RescueActions implements ActionFamily {
    private final ServerRescue rescue;
    private final Servers servers;

    RescueActions(ServerRescue rescue, Servers servers) {
        this.rescue = rescue;
        this.servers = servers;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(
                "rescue", this::rescue,
                "unrescue", ActionFamily.plain(rescue::unrescue),
                "changePassword", this::changePassword);
    }

    private Object rescue(ActionRequest request) {
        String wanted = null;
        UUID image = null;
        if (!request.body().isNull("rescue")) {
            Fields fields = request.arguments();
            wanted = fields.optionalText("adminPass", Text.ANY);
            if (fields.isNull("rescue_image_ref")) {
                throw Refusal.invalid("Invalid input for field/attribute rescue.rescue_image_ref: it must be a UUID.");
            }
            image = fields.uuid("rescue_image_ref");
            fields.end();
        }
        AdminPassword password = AdminPassword.of(wanted);
        rescue.rescue(request.caller(), request.server(), image, password);
        return Shape.of("adminPass", password.text());
    }

    private @Nullable Object changePassword(ActionRequest request) {
        Fields fields = request.arguments();
        fields.text("adminPass", Text.ANY);
        fields.end();
        servers.find(request.caller(), request.server());
        throw new Refusal(
                Refusal.Kind.NOT_SUPPORTED,
                "NotImplemented",
                "Unable to set password on instance: no agent in the guest is asked. Set it from within the guest, or"
                        + " rebuild or rescue the server with a new password.");
    }
}
