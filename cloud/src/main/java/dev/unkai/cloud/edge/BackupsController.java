package dev.unkai.cloud.edge;

import dev.unkai.base.Refusal;
import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Shape;
import dev.unkai.web.ServiceApi;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows operators how identity's database is backed up; identity itself knows (dev.unkai.identity.backup.BackupState). */
@RestController
@ServiceApi
public final class BackupsController {
    private static final Logger log = LoggerFactory.getLogger(BackupsController.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final IdentityLink identity;

    public BackupsController(IdentityLink identity) {
        this.identity = identity;
    }

    /** {@code state} (none, good, failing, overdue), when the newest was made, where they are, and each of them. */
    @Shape(name = "Backups")
    @Allow("operation:backup:list")
    @GetMapping("/service/v1/backups")
    JsonNode list(HttpServletRequest request) {
        HttpResponse<byte[]> answer = identity.send(
                identity.request(request, "/identity/internal/v1/backups").build());
        if (answer.statusCode() != 200) {
            log.warn("Identity answered {} when asked for its backups", answer.statusCode());
            throw Refusal.unavailable(
                    "The backups cannot be listed right now. Try again in a moment; if it stays so, look"
                            + " into identity's log and its backup directory.");
        }
        return JSON.readTree(answer.body());
    }
}
